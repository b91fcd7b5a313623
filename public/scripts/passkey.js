import { ready } from './ready.js'

// A device signs the challenge that the server made for this form; the form then carries the answer as text.
ready('[data-passkey]', (box) => {
  const { PublicKeyCredential: passkeys } = window
  if (!passkeys?.parseCreationOptionsFromJSON || !passkeys.parseRequestOptionsFromJSON) return
  const form = box.querySelector('form')
  const failed = box.querySelector('[data-passkey-failed]')
  box.querySelector('[data-passkey-missing]').hidden = true
  box.querySelector('[data-passkey-form]').hidden = false

  let busy = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    event.stopPropagation()
    if (busy) return
    busy = true
    failed.hidden = true
    try {
      const options = await challenge()
      if (options) form.elements.response.value = JSON.stringify(await ask(options))
      keepChoice()
      // Without a challenge the server says on a page what is wrong.
      form.submit()
    } catch {
      failed.hidden = false
      busy = false
    }
  })

  async function challenge() {
    const body = new URLSearchParams(new FormData(form))
    const headers = { accept: 'application/json' }
    const answer = await fetch(box.dataset.options, { method: 'POST', body, headers })
    return answer.ok ? answer.json() : undefined
  }

  async function ask(options) {
    if (box.dataset.passkey === 'create') {
      return navigator.credentials.create({ publicKey: passkeys.parseCreationOptionsFromJSON(options) })
    }
    return navigator.credentials.get({ publicKey: passkeys.parseRequestOptionsFromJSON(options) })
  }

  // "Keep me signed in" stands in the form of the password, and counts for both.
  function keepChoice() {
    const choice = document.querySelector('input[type=checkbox][name=remember]')
    if (form.elements.remember) form.elements.remember.disabled = !choice?.checked
  }
})
