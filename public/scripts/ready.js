/** Calls back for every matching element: those there now, and those htmx puts in later. */
export function ready(selector, start) {
  const startAll = (root) => {
    for (const element of root.querySelectorAll(selector)) {
      if (element.dataset.ready) continue
      element.dataset.ready = '1'
      start(element)
    }
  }
  startAll(document)
  document.addEventListener('htmx:after:swap', () => startAll(document))
}
