import { ready } from './ready.js'

ready('[data-copy]', (button) => {
  if (!navigator.clipboard) return
  button.hidden = false
  const label = button.getAttribute('aria-label')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.dataset.done = ''
    button.setAttribute('aria-label', button.dataset.copied)
    setTimeout(() => {
      delete button.dataset.done
      button.setAttribute('aria-label', label)
    }, 2000)
  })
})
