// Where conversations are kept: on the server, or in this browser, each under a key of its own.

import { ROOT, unguessable } from "./conversation.js";

const BEFORE = "inspection-letters-conversation"; // earlier versions kept one
const PREFIX = `${BEFORE}/`;
const MOST = 50;
const MOST_CHARS = 4000000;
const MAX_TITLE = 120;
const DAY_MS = 86400000;
const { keeping, keepDays } = document.querySelector("script[data-keeping]").dataset;
export const onServer = keeping === "server";
export const days = Number(keepDays);

export function questions(text) {
  try {
    return JSON.parse(text).map((exchange) => String(exchange.question));
  } catch {
    return [];
  }
}

export function titled(question) {
  const title = question.trim().replace(/\s+/g, " ") || "(an empty question)";
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title;
}

// One that this browser keeps, null where there is none (any more).
export function read(id) {
  const key = PREFIX + id;
  const kept = localStorage.getItem(key);
  if (kept === null) return null;
  try {
    const { title, at, text } = JSON.parse(kept);
    if (at > Date.now() - days * DAY_MS && typeof text === "string") return { id, title: String(title), at, text };
  } catch {
    // What cannot be read goes too.
  }
  localStorage.removeItem(key); // its days are over
  return null;
}

function put({ id, ...kept }) {
  localStorage.setItem(PREFIX + id, JSON.stringify(kept));
}

function all() {
  const ids = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  return ids.map(read).filter(Boolean).sort((a, b) => b.at - a.at);
}

// Keeps one and returns the titles of the oldest that had to go for it; nothing goes in vain.
export function write(one) {
  const others = all().filter((other) => other.id !== one.id);
  const gone = [];
  const size = () => others.reduce((sum, other) => sum + other.text.length, one.text.length);
  const drop = () => {
    gone.push(others.pop());
    localStorage.removeItem(PREFIX + gone.at(-1).id);
  };
  while (others.length && (others.length >= MOST || size() > MOST_CHARS)) drop();
  for (;;) {
    try {
      put({ ...one, at: Date.now() });
      return gone.map((other) => other.title);
    } catch (error) {
      if (others.length) drop();
      else {
        gone.forEach(put);
        throw error;
      }
    }
  }
}

function bringOver() {
  try {
    const { at, text } = JSON.parse(localStorage.getItem(BEFORE) || "{}");
    const [first] = questions(text);
    if (first !== undefined) put({ id: unguessable(), title: titled(first), at, text });
    localStorage.removeItem(BEFORE);
  } catch {
    // A browser that keeps nothing has nothing from before.
  }
}

async function told(path, body, keepalive = true) {
  const sent = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), keepalive };
  const response = await fetch(`${ROOT}/conversations${path}`, body && sent);
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  return response.json();
}

const server = {
  list: () => told(""),
  rename: (id, title) => told("/rename", { id, title }),
  remove: async (ids) => (await told("/delete", { ids })).deleted,
  restore: (one) => told("/restore", one, false), // longer than what may outlive the page
};

const browser = {
  list: async () => all().map(({ text, ...one }) => ({ ...one, questions: questions(text) })),
  rename: async (id, title) => {
    const kept = read(id);
    if (!kept) throw new Error("it is not kept any more");
    put({ ...kept, title });
  },
  remove: async (ids) => {
    const gone = ids.map(read).filter(Boolean);
    ids.forEach((id) => localStorage.removeItem(PREFIX + id));
    return gone;
  },
  restore: async (one) => put(one),
};

// What is removed is given back, so that it can be restored.
if (!onServer) bringOver();
export const talks = onServer ? server : browser;
