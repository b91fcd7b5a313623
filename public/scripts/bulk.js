import { ready } from './ready.js'

const boxesOf = (id) => [...document.querySelectorAll(`tbody input[type=checkbox][form="${CSS.escape(id)}"]`)]

ready('form[data-bulk]', (form) => {
  const count = form.querySelector('output')
  const texts = JSON.parse(count.dataset.texts)
  const all = document.querySelector(`[data-select-all="${CSS.escape(form.id)}"]`)
  const show = () => {
    const boxes = boxesOf(form.id)
    const chosen = boxes.filter((box) => box.checked).length
    count.textContent = (texts[chosen] ?? texts.other).replace('{count}', chosen)
    if (!all) return
    all.checked = chosen > 0 && chosen === boxes.length
    all.indeterminate = chosen > 0 && chosen < boxes.length
  }
  if (all) {
    all.hidden = false
    all.addEventListener('change', () => {
      for (const box of boxesOf(form.id)) box.checked = all.checked
      show()
    })
  }
  document.addEventListener('change', (event) => {
    if (event.target.form === form) show()
  })
  document.addEventListener('htmx:after:swap', show)
  show()
})
