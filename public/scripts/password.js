import { ready } from './ready.js'

ready('[data-password]', (box) => {
  const input = box.querySelector('input')
  const button = box.querySelector('button')
  button.hidden = false
  button.addEventListener('click', () => {
    const show = input.type === 'password'
    input.type = show ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(show))
  })
  // A browser must not learn a shown password as ordinary text.
  input.form.addEventListener('submit', () => {
    input.type = 'password'
  })
})
