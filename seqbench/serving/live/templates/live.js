"use strict";

const frame = document.getElementById("page");
const status = document.getElementById("status");
const hold = document.getElementById("hold");
const SECONDS = 2;
let number = 0;

// A new version of the page stands where the old one stood.
function refresh(next) {
  const at = frame.contentWindow ? frame.contentWindow.scrollY : 0;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true });
  number = next;
  frame.src = `page?${next}`;
}

async function look() {
  try {
    const answer = await fetch("state", { cache: "no-store" });
    const state = await answer.json();
    status.textContent = state.status;
    if (state.number > number && (!hold.checked || number === 0)) refresh(state.number);
    if (state.over && state.number === number) return;
  } catch {
    status.textContent = "the run does not answer any more; what stands below is the last that was seen of it";
    return;
  }
  setTimeout(look, SECONDS * 1000);
}

look();
