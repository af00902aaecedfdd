// Search of the site, where no page has all words of a question: pages that have most of them, rare words first.
// Sphinx's own search answers with nothing there. Other pages than that of results have no `Search`.
(() => {
  if (typeof Search === "undefined") return;
  const pagesWithAll = Search.performTermsSearch;

  const sayThatSomeAreMissing = () => {
    if (!Search.output?.parentNode || document.getElementById("search-some-words")) return;
    const note = document.createElement("p");
    note.id = "search-some-words";
    note.textContent = "No page has all of these words. Pages that have some of them, the closest first:";
    Search.output.parentNode.insertBefore(note, Search.output);
  };

  Search.performTermsSearch = (words, excluded) => {
    const pages = pagesWithAll(words, excluded);
    if (pages.length || words.size < 2) return pages;
    const closeness = new Map(); // by file: the page's result, and the sum of the weights of its words
    for (const word of words) {
      const having = pagesWithAll(new Set([word]), excluded);
      for (const page of having) {
        const [result, sum] = closeness.get(page[5]) ?? [page, 0];
        closeness.set(page[5], [page[4] > result[4] ? page : result, sum + Math.log(1 + 200 / having.length) + page[4] / 1e3]);
      }
    }
    const closest = [...closeness.values()].sort(([, a], [, b]) => b - a).slice(0, 10);
    if (closest.length) sayThatSomeAreMissing();
    return closest.map(([page], position) => page.toSpliced(4, 1, 10 - position));
  };
})();
