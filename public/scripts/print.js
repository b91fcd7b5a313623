import { ready } from './ready.js'

ready('[data-print]', (button) => {
  button.hidden = false
  button.addEventListener('click', () => window.print())
})
