"use strict";
// Words and tags are set as text and never read as HTML.
const element = (id) => document.getElementById(id);
let probabilities = false;

function node(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function ask(path, body) {
  const headers = {};
  const token = element("token").value;
  if (token) headers.authorization = `Bearer ${token}`;
  if (body) headers["content-type"] = "application/json";
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  if (answer.status === 401) element("token-row").hidden = false;
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error || `status ${answer.status}`);
  return content;
}

async function describe() {
  const models = await ask("models");
  probabilities = models.every((model) => model.probabilities);
  const told = models.map((model) => {
    const accuracy = model.accuracy === null ? "" : `, ${(100 * model.accuracy).toFixed(2)} % right on its test set`;
    return `${model.label} (trained on ${model.trained_on}${accuracy})`;
  });
  element("about").textContent = `Served here: ${told.join("; ")}.`;
}

function table(words, answers, sentence, differing) {
  const labels = Object.keys(answers);
  const made = node("table");
  const head = node("tr");
  for (const title of ["word", ...labels]) {
    const cell = node("th", title);
    cell.scope = "col";
    head.append(cell);
  }
  if (labels.length > 1) head.append(node("th", ""));
  made.append(head);
  words.forEach((word, number) => {
    const differ = differing.includes(number);
    const row = node("tr", undefined, differ ? "differ" : "");
    row.append(node("td", word));
    for (const label of labels) {
      const cell = node("td", answers[label].tags[sentence][number]);
      const nbest = answers[label].nbest;
      if (nbest) {
        const [first, ...others] = nbest[sentence][number];
        cell.append(" ", node("span", `${(100 * first[1]).toFixed(1)} %`, "p"));
        cell.title = [first, ...others].map(([tag, p]) => `${tag} ${(100 * p).toFixed(1)} %`).join(", ");
      }
      row.append(cell);
    }
    if (labels.length > 1) row.append(node("td", differ ? "differ" : ""));
    made.append(row);
  });
  const place = node("div", undefined, "table");
  place.append(made);
  return place;
}

async function tag() {
  const body = { text: element("text").value, tokenizer: document.querySelector("[name=tokenizer]:checked").value };
  if (probabilities) body.nbest = 3;
  const answer = await ask("tag", body);
  const tables = answer.sentences.map((words, n) => table(words, answer.models, n, answer.differing[n]));
  element("answer").replaceChildren(...tables);
}

async function attempt(...steps) {
  const status = element("status");
  status.className = "";
  status.textContent = "…";
  try {
    for (const step of steps) await step();
    status.textContent = "";
  } catch (error) {
    status.className = "error";
    status.textContent = error.message;
  }
}

element("form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(describe, tag);
});
attempt(describe);
