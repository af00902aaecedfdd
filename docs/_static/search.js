// What the site's search finds beside Sphinx's own hits. Other pages than that of results have no `Search`.
//
// Headings and terms of the glossary that have all words of a question, each at its place in its page. And where no
// page has all words, pages that have most of them, rare words first, where Sphinx answers with nothing.
(() => {
  if (typeof Search === "undefined") return;
  const pagesWithAll = Search.performTermsSearch;
  const MOST = 10;
  const FILLING = new Set(["can", "doe", "how", "i", "mean", "my", "should", "what", "which", "why"]); // stems

  const withoutFilling = (words) => {
    const left = new Set([...words].filter((word) => !FILLING.has(word)));
    return left.size ? left : words;
  };

  const headingsWithAll = (words) => {
    const index = Search._index;
    const stemmer = new Stemmer();
    const found = [];
    const headings = Object.entries(index.alltitles).map(([heading, places]) => [heading, places, ` > ${heading}`]);
    const terms = Object.entries(index.indexentries).map(([term, places]) => [term, places, ""]); // as Sphinx has them
    for (const [heading, places, below] of [...headings, ...terms]) {
      const own = new Set(heading.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.map((word) => stemmer.stemWord(word)));
      if (![...words].every((word) => own.has(word))) continue;
      for (const [page, anchor] of places.filter(([, anchor]) => anchor)) {
        const title = index.titles[page] + below;
        const score = Scorer.title + Math.round((Scorer.title * words.size) / own.size);
        found.push([index.docnames[page], title, `#${anchor}`, null, score, index.filenames[page], "title"]);
      }
    }
    return found.sort((a, b) => b[4] - a[4]).slice(0, MOST);
  };

  const sayThatSomeAreMissing = () => {
    if (!Search.output?.parentNode || document.getElementById("search-some-words")) return;
    const note = document.createElement("p");
    note.id = "search-some-words";
    note.textContent = "No page has all of these words. Pages that have some of them, the closest first:";
    Search.output.parentNode.insertBefore(note, Search.output);
  };

  const pagesWithMost = (words, excluded) => {
    const closeness = new Map(); // by file: the page's result, and the sum of the weights of its words
    for (const word of words) {
      const having = pagesWithAll(new Set([word]), excluded);
      for (const page of having) {
        const [result, sum] = closeness.get(page[5]) ?? [page, 0];
        const weight = Math.log(1 + 200 / having.length) + page[4] / 1e3;
        closeness.set(page[5], [page[4] > result[4] ? page : result, sum + weight]);
      }
    }
    const closest = [...closeness.values()].sort(([, a], [, b]) => b - a).slice(0, MOST);
    if (closest.length) sayThatSomeAreMissing();
    return closest.map(([page], position) => page.toSpliced(4, 1, MOST - position));
  };

  Search.performTermsSearch = (all, excluded) => {
    const words = withoutFilling(all);
    const found = [...headingsWithAll(words), ...pagesWithAll(words, excluded)];
    return found.length || words.size < 2 ? found : pagesWithMost(words, excluded);
  };
})();
