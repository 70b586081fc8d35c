const form = document.getElementById("filter");
const questions = [...document.querySelectorAll("#questions .question")];
const texts = questions.map((question) => question.textContent.toLowerCase());

function matches(question, text) {
  const outcome = form.elements.outcome.value;
  const category = form.elements.category.value;
  const wanted = form.elements.text.value.trim().toLowerCase();
  if (category && question.dataset.category !== category) return false;
  if (outcome === "wrong" && ["right", "not judged"].includes(question.dataset.outcome)) return false;
  if (outcome && outcome !== "wrong" && question.dataset.outcome !== outcome) return false;
  return !wanted || text.includes(wanted);
}

function filter() {
  let shown = 0;
  questions.forEach((question, at) => {
    question.hidden = !matches(question, texts[at]);
    shown += question.hidden ? 0 : 1;
  });
  form.elements.shown.value = `${shown} shown`;
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();
