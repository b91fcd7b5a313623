import { ready } from './ready.js'

// Without script the box "I have read…" is asked for; with it, reaching the end of the text ticks that box.
ready('[data-agreement]', (text) => {
  const form = document.getElementById(text.dataset.agreement)
  const read = form.querySelector('[data-agreement-read]')
  const hint = form.querySelector('[data-agreement-hint]')
  const lock = (locked) => {
    for (const button of form.querySelectorAll('[data-agreement-button]')) button.disabled = locked
    hint.hidden = !locked
    read.querySelector('input').checked = !locked
  }
  const atEnd = () => text.scrollTop + text.clientHeight >= text.scrollHeight - 8
  read.hidden = true
  lock(!atEnd())
  text.addEventListener('scroll', () => {
    if (atEnd()) lock(false)
  })
})
