// A form is sent once: the second press of an impatient finger does nothing. The server is safe without this.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.dataset.once) return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = '1'
  const button = event.submitter
  if (!button) return
  button.dataset.busy = ''
  button.setAttribute('aria-disabled', 'true')
})

// Coming back by the Back button shows the page as it was left: open it again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
  for (const button of document.querySelectorAll('[data-busy]')) {
    delete button.dataset.busy
    button.removeAttribute('aria-disabled')
  }
})
