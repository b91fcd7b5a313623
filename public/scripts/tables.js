import { ready } from './ready.js'

// A box that scrolls sideways keeps the head of its table to itself. Where all columns fit, the head sticks to the page.
const watcher = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const box = target.closest('.kp-table-wide')
    box?.classList.toggle('kp-table-fits', box.scrollWidth <= box.clientWidth)
  }
})

ready('.kp-table-wide', (box) => {
  watcher.observe(box)
  watcher.observe(box.querySelector('table'))
})
