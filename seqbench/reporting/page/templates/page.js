"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const made = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const json = (id) => JSON.parse(document.getElementById(id).textContent);

  const save = (name, text, type) => {
    const link = made("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // leaderboards: sorted and filtered
  const valueOf = (row, column) => {
    const text = column ? row.cells[column].dataset.value : row.cells[0].textContent;
    return column ? (text === "" ? null : Number(text)) : text;
  };
  const compare = (a, b, down) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "string" ? a.localeCompare(b) : a - b;
    return down ? -order : order;
  };
  const sortBy = (table, column) => {
    const head = table.tHead.rows[0].cells[column];
    const first = head.dataset.highest === "yes" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? other : first;
    for (const cell of table.tHead.rows[0].cells) cell.setAttribute("aria-sort", cell === head ? way : "none");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(valueOf(a, column), valueOf(b, column), way === "descending"));
    table.tBodies[0].append(...rows);
  };
  const filterRows = (part) => {
    const text = one(".filter", part).value.toLowerCase();
    const column = one(".bound-column", part).value;
    const bound = one(".bound", part).value;
    const most = one(".bound-way", part).value === "most";
    const rows = [...one(".board", part).tBodies[0].rows];
    for (const row of rows) {
      let shown = row.cells[0].textContent.toLowerCase().includes(text);
      if (shown && column !== "" && bound !== "") {
        const cell = Number(column) + 1;
        const value = valueOf(row, cell);
        const scale = one(".board", part).tHead.rows[0].cells[cell].dataset.percent === "yes" ? 100 : 1;
        shown = value !== null && (most ? value * scale <= Number(bound) : value * scale >= Number(bound));
      }
      row.hidden = !shown;
    }
    const left = rows.filter((row) => !row.hidden).length;
    one(".count", part).textContent = left === rows.length ? "" : `${left} of ${rows.length} models`;
  };

  // pictures: drawn when they come near, or when there is time
  const drawn = new Map();
  let figures;
  const isDark = () => document.documentElement.dataset.theme === "dark";
  const keys = (place) => { // what a click on a name in a legend does, Enter does too, and once more undoes
    const names = all("[class*=_legend_labels] text", place);
    for (const name of names) {
      const press = (pressed) => names.forEach((other) => other.setAttribute("aria-pressed", pressed && other === name));
      name.setAttribute("tabindex", "0");
      name.setAttribute("role", "button");
      press(false);
      name.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        const pressed = name.getAttribute("aria-pressed") === "true";
        name.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: pressed }));
        press(!pressed);
      });
    }
  };
  const draw = async (figure) => {
    const place = one(".chart", figure);
    if (drawn.get(figure) === isDark() || !place.clientWidth || !window.vegaEmbed) return;
    drawn.set(figure, isDark());
    figures ??= json("figures");
    const spec = structuredClone(figures.specs[figure.dataset.figure]);
    const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true } };
    options.config = { ...figures[isDark() ? "dark" : "light"] };
    if (spec.width === "container") options.config.autosize = { type: "fit-x", contains: "padding" };
    figure.view = (await window.vegaEmbed(place, spec, options)).view;
    keys(place);
    place.setAttribute("data-drawn", isDark() ? "dark" : "light");
    figure.classList.toggle("wide", place.scrollWidth > place.clientWidth + 1);
  };
  const near = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
    { rootMargin: "200px" },
  );
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  const drawAll = () => {
    const waiting = all("figure").find((figure) => one(".chart", figure).clientWidth && drawn.get(figure) !== isDark());
    if (waiting) later(() => draw(waiting).then(drawAll));
  };
  const saveSvg = async (figure) => {
    await draw(figure);
    save(`${figure.dataset.figure}.svg`, await figure.view.toSVG(), "image/svg+xml");
  };

  // the error explorer: numbers are unpacked once, sentences are made where they can be seen
  const unpacked = ({ bits, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array }[bits](bytes.buffer);
  };
  const opened = new Map();
  const open = (root) => {
    if (opened.has(root)) return;
    const packed = json(`explorer-${root.dataset.explorer}`);
    const data = {
      ...packed,
      words: unpacked(packed.words),
      offsets: unpacked(packed.offsets),
      gold: unpacked(packed.gold),
      known: unpacked(packed.known),
      file: packed.files.length ? unpacked(packed.file) : null,
      lines: packed.files.length ? unpacked(packed.lines) : null,
      models: packed.models.map((model) => ({ ...model, given: unpacked(model.given), right: unpacked(model.right) })),
    };
    data.lower = data.forms.map((form) => form.toLowerCase());
    opened.set(root, data);
    const choose = (selector, names) => {
      names.forEach((name, number) => {
        const option = made("option", name);
        option.value = number;
        one(selector, root).append(option);
      });
    };
    const names = data.models.map((model) => model.name);
    choose(".first", names);
    choose(".second", names);
    one(".second", root).selectedIndex = Math.min(1, names.length - 1);
    const order = data.tags.map((_, tag) => tag).sort((a, b) => (data.tags[a] < data.tags[b] ? -1 : 1));
    for (const selector of [".gold", ".predicted"]) {
      for (const tag of order) {
        const option = made("option", data.tags[tag]);
        option.value = tag;
        one(selector, root).append(option);
      }
    }
    all("select, input", root).forEach((control) => control.addEventListener("input", () => list(root)));
    list(root);
  };
  const chosenBy = (root) => {
    const value = (selector) => one(selector, root).value;
    const number = (selector) => (value(selector) === "" ? -1 : Number(value(selector)));
    const data = opened.get(root);
    return {
      first: data.models[number(".first")],
      second: data.models[number(".second")],
      gold: number(".gold"),
      predicted: number(".predicted"),
      known: number(".known"),
      who: value(".who"),
      search: value(".search").toLowerCase(),
    };
  };
  const states = {
    differ: (a, b, gold) => a !== b,
    first: (a, b, gold) => a === gold && b !== gold,
    second: (a, b, gold) => b === gold && a !== gold,
    wrong: (a, b, gold) => a !== gold && b !== gold,
    any: (a, b, gold) => a !== gold || b !== gold,
    all: () => true,
  };
  const matches = (data, chosen) => {
    const { first, second, gold, predicted, known, search } = chosen;
    const state = states[chosen.who];
    const found = search ? data.lower.map((form) => form.includes(search)) : null;
    const hits = new Uint8Array(data.gold.length);
    const sentences = [];
    let tokens = 0;
    for (let s = 0; s + 1 < data.offsets.length; s++) {
      let fits = 0;
      let searched = !found;
      for (let t = data.offsets[s]; t < data.offsets[s + 1]; t++) {
        const a = first.given[t];
        const b = second.given[t];
        if (found && found[data.words[t]]) searched = true;
        if (gold >= 0 && data.gold[t] !== gold) continue;
        if (predicted >= 0 && a !== predicted && b !== predicted) continue;
        if (known >= 0 && data.known[t] !== known) continue;
        if (state(a, b, data.gold[t])) {
          hits[t] = 1;
          fits += 1;
        }
      }
      if (fits && searched) {
        sentences.push(s);
        tokens += fits;
      }
    }
    return { sentences, tokens, hits, found };
  };
  const sentence = (data, chosen, matched, s) => {
    const line = made("div", "", "sentence");
    line.append(made("span", `${s + 1}`, "number"));
    if (data.lines) {
      const name = data.names.length && data.names[s] ? ` (${data.names[s]})` : "";
      line.append(made("span", `${data.files[data.file[s]]}:${data.lines[s]}${name}`, "origin"));
    }
    for (let t = data.offsets[s]; t < data.offsets[s + 1]; t++) {
      const [a, b, gold] = [chosen.first.given[t], chosen.second.given[t], data.gold[t]];
      const word = data.forms.length ? data.forms[data.words[t]] : `[${t - data.offsets[s] + 1}]`;
      const token = made("bdi", word, "token");
      if (matched.found && matched.found[data.words[t]]) token.classList.add("hit");
      if (a !== gold || b !== gold) {
        token.classList.add(a === gold ? "one" : b === gold ? "two" : "none");
        const told = [["gold", gold], ["first", a], ["second", b]].map(([who, tag]) => `${who} ${data.tags[tag]}`);
        token.title = told.join(", ");
        if (matched.hits[t] && chosen.who !== "all") {
          const others = [...new Set([a, b])].filter((tag) => tag !== gold).map((tag) => data.tags[tag]);
          token.append(made("small", ` ${data.tags[gold]} \u2260 ${others.join(", ")}`));
        }
      }
      line.append(token, " ");
    }
    return line;
  };
  const CHUNK = 20;
  const list = (root) => {
    const data = opened.get(root);
    const chosen = chosenBy(root);
    const matched = matches(data, chosen);
    const place = one(".list", root);
    root.seen?.disconnect();
    place.replaceChildren();
    place.scrollTop = 0;
    const what = chosen.who === "all" ? "" : `${matched.tokens.toLocaleString("en")} tokens in `;
    one(".count", root).textContent = `${what}${matched.sentences.length.toLocaleString("en")} sentences`;
    const fill = ({ target, isIntersecting }) => {
      if (isIntersecting && !target.firstChild) {
        const from = Number(target.dataset.from);
        const shown = matched.sentences.slice(from, from + CHUNK);
        target.append(...shown.map((s) => sentence(data, chosen, matched, s)));
        target.style.height = "";
      } else if (!isIntersecting && target.firstChild) {
        target.style.height = `${target.offsetHeight}px`;
        target.replaceChildren();
      }
    };
    root.seen = new IntersectionObserver((entries) => entries.forEach(fill), { root: place, rootMargin: "600px" });
    for (let from = 0; from < matched.sentences.length; from += CHUNK) {
      const chunk = made("div");
      chunk.dataset.from = from;
      chunk.style.height = `${45 * Math.min(CHUNK, matched.sentences.length - from)}px`;
      place.append(chunk);
      root.seen.observe(chunk);
    }
  };
  const wanted = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) open(target);
  }, { rootMargin: "400px" });

  // suspects as a file
  const cell = (text) => {
    const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const saveSuspects = (part) => {
    const rows = [...one(".suspects", part).rows].map((row) => [...row.cells].map((c) => cell(c.textContent)).join(","));
    save("suspects.csv", `${rows.join("\n")}\n`, "text/csv");
  };

  const conlluOf = (part) => {
    const root = one(".explorer", part);
    open(root);
    const data = opened.get(root);
    const wrong = new Map();
    for (const row of one(".suspects", part).tBodies[0].rows) {
      const [s, t, given] = [Number(row.dataset.sentence) - 1, Number(row.dataset.token) - 1, row.dataset.given];
      if (!wrong.has(s)) wrong.set(s, new Map());
      wrong.get(s).set(t, given);
    }
    const blocks = [...wrong.keys()].sort((a, b) => a - b).map((s) => {
      const lines = [`# sentence = ${s + 1}`];
      if (data.lines) lines.push(`# file = ${data.files[data.file[s]]}`, `# line = ${data.lines[s]}`);
      if (data.names.length && data.names[s]) lines.push(`# sent_id = ${data.names[s]}`);
      for (let t = data.offsets[s]; t < data.offsets[s + 1]; t++) {
        const place = t - data.offsets[s];
        const misc = wrong.get(s).has(place) ? `Suspect=${wrong.get(s).get(place).replaceAll("|", "\\x7c")}` : "_";
        const [word, tag] = [data.forms[data.words[t]], data.tags[data.gold[t]]];
        lines.push([place + 1, word, "_", tag, "_", "_", place ? 1 : 0, place ? "dep" : "root", "_", misc].join("\t"));
      }
      return `${lines.join("\n")}\n\n`;
    });
    save("suspects.conllu", blocks.join(""), "text/plain");
  };

  const show = (number) => all(".dataset").forEach((part) => { part.hidden = part.dataset.dataset !== number; });
  const setTheme = (theme) => {
    document.documentElement.dataset.theme = theme;
    one("#theme").textContent = theme === "dark" ? "Light" : "Dark";
    all("figure").filter((figure) => drawn.has(figure)).forEach(draw);
  };

  // on paper: black on white, all pictures drawn, and tables open but for long lists
  let before = null;
  const closed = () => all("details:not([open])").filter((part) => part.querySelectorAll("tr").length <= 60);
  window.addEventListener("beforeprint", () => {
    before ??= { theme: document.documentElement.dataset.theme, opened: closed() };
    setTheme("light");
    before.opened.forEach((part) => { part.open = true; });
    all("figure").forEach(draw);
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    before.opened.forEach((part) => { part.open = false; });
    setTheme(before.theme);
    before = null;
  });

  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  one("#theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
  one("#save-results").addEventListener("click", () => {
    save("results.json", document.getElementById("results").textContent, "application/json");
  });
  one("#copy-latex").addEventListener("click", async () => {
    const text = one("#latex").textContent;
    const area = made("textarea", text);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    one("#copied").textContent = "copied";
  });
  if (one("#dataset")) {
    show(one("#dataset").value);
    one("#dataset").addEventListener("input", (event) => { show(event.target.value); drawAll(); });
  }
  for (const part of all(".dataset")) {
    const table = one(".board", part);
    [...table.tHead.rows[0].cells].forEach((head, number) => {
      one("button", head).addEventListener("click", () => sortBy(table, number));
    });
    all(".filter, .bound-column, .bound-way, .bound", part).forEach((control) => {
      control.addEventListener("input", () => filterRows(part));
    });
    one(".save-suspects", part)?.addEventListener("click", () => saveSuspects(part));
    one(".save-conllu", part)?.addEventListener("click", () => conlluOf(part));
  }
  all("figure").forEach((figure) => one(".save", figure).addEventListener("click", () => saveSvg(figure)));
  all(".explorer").forEach((root) => wanted.observe(root));
  window.addEventListener("load", () => {
    all("figure").forEach((figure) => near.observe(figure));
    drawAll();
  });
})();
