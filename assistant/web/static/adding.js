// Takes files that are dropped, sends them with progress, and follows the reading until it ends.
// Without it the form and the page that it leads to do the same, less smoothly.

const part = (id) => document.getElementById(id);
const AGAIN_MS = 1000;
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`);

function fault(files, limits) {
  if (files.length > Number(limits.mostFiles)) return `${files.length} files are chosen, and at most ${limits.mostFiles} are read at once. Choose fewer.`;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total > Number(limits.mostBytes)) return `Together the files are larger than ${size(Number(limits.mostBytes))}. Choose fewer.`;
  return "";
}

function why(file, limits) {
  const name = file.name.toLowerCase();
  const other = Object.entries(JSON.parse(limits.otherKinds)).find(([ending]) => name.endsWith(ending));
  if (other) return ` · ${other[1]}`;
  if (!limits.endings.split(" ").some((ending) => name.endsWith(ending))) return " · not a kind of file that is read";
  return file.size > Number(limits.mostFileBytes) ? " · too large" : "";
}

function begin(form) {
  const field = part("files");
  const say = (words) => { part("add-said").textContent = words; };
  const files = () => [...field.files];

  function show() {
    const items = files().map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}, ${size(file.size)}${why(file, form.dataset)}`;
      return item;
    });
    part("chosen").replaceChildren(...items);
    say(fault(files(), form.dataset));
  }

  function sending(request) {
    const now = request !== null;
    part("sending").hidden = part("add-stop").hidden = !now;
    part("add-button").disabled = field.disabled = now;
    part("add-stop").onclick = now ? () => request.abort() : null;
    if (now) part("add-stop").focus();
    else part("add-button").focus();
  }

  function ended(request) {
    if (request.status === 200 && request.responseURL.includes("/collection/added/")) {
      location.assign(request.responseURL);
      return;
    }
    sending(null);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const sentence = page.querySelector("main h1 + p")?.textContent;
    say(request.status === 401 ? "You are signed out. Sign in again in another tab, then add them again." : sentence || "That did not work. Try again.");
  }

  function send(event) {
    event.preventDefault();
    if (fault(files(), form.dataset)) return show();
    say("");
    const request = new XMLHttpRequest();
    let whole = false; // what has arrived whole is added, whether or not its answer is heard
    const none = () => (whole ? "All had been sent, so they may have been added: reload this page to see." : "Nothing was added.");
    const data = new FormData(form);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.onprogress = (told) => { part("sent").value = told.lengthComputable ? (100 * told.loaded) / told.total : 0; };
    request.upload.onload = () => { whole = true; };
    request.onload = () => ended(request);
    request.onabort = () => { sending(null); say(`Stopped. ${none()}`); };
    request.onerror = () => { sending(null); say(`The connection was lost, or a file changed. ${none()}${whole ? "" : " Try again."}`); };
    sending(request);
    request.send(data);
  }

  function dropped(event) {
    event.preventDefault();
    part("drop").classList.remove("over");
    if (field.disabled || !event.dataTransfer.files.length) return;
    const both = new DataTransfer();
    for (const file of [...files(), ...event.dataTransfer.files]) both.items.add(file);
    field.files = both.files;
    show();
    part("add-button").focus();
  }

  form.querySelector(".dropping").hidden = false;
  field.addEventListener("change", show);
  form.addEventListener("submit", send);
  // A file that misses the place would else be opened in place of this page.
  addEventListener("dragover", (event) => { event.preventDefault(); part("drop").classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) part("drop").classList.remove("over"); });
  addEventListener("drop", dropped);
  show();
}

async function follow() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  const batch = page?.getElementById("batch");
  if (batch) {
    const told = page.getElementById("progress").textContent;
    if (part("progress").textContent !== told) part("progress").textContent = told;
    update(batch);
    document.title = page.title;
  }
  if (part("batch").dataset.done === "no") setTimeout(follow, AGAIN_MS);
}

// Only what has changed is replaced, so that what a reader has opened or typed in stays.
function update(batch) {
  [...part("batch").children].forEach((old, n) => {
    if (batch.children[n] && !old.querySelector("form") && old.innerHTML !== batch.children[n].innerHTML) old.replaceWith(batch.children[n].cloneNode(true));
  });
  part("batch").dataset.done = batch.dataset.done;
}

if (part("add-form")) begin(part("add-form"));
if (part("batch")?.dataset.done === "no") setTimeout(follow, AGAIN_MS);
