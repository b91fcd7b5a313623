import { ready } from './ready.js'

// A file goes in parts, so that a connection that breaks costs one of them. Without script the form sends it whole.
ready('[data-upload]', (box) => {
  const form = box.querySelector('form')
  const find = (name) => box.querySelector(`[data-upload-${name}]`)
  const texts = JSON.parse(box.dataset.uploadTexts)
  let running = false

  const show = (state, done, total) => {
    find('progress').hidden = false
    find('state').textContent = texts[state]
    const percent = total ? Math.floor((100 * done) / total) : 0
    find('percent').textContent = `${percent} %`
    box.querySelector('progress').value = percent
  }

  const fail = (text) => {
    running = false
    find('progress').hidden = true
    find('error').hidden = false
    find('error').textContent = text
  }

  form.addEventListener(
    'submit',
    (event) => {
      const file = form.elements.file.files[0]
      if (!file) return
      event.preventDefault()
      event.stopPropagation()
      if (running) return
      running = true
      find('error').hidden = true
      send(file).catch(() => fail(texts.failed))
    },
    true,
  )

  async function send(file) {
    show('sending', 0, file.size)
    const facts = new FormData(form)
    facts.delete('file')
    facts.set('name', file.name)
    facts.set('size', String(file.size))
    const begun = await ask(box.dataset.upload, new URLSearchParams(facts))
    if (begun.errors) return fail(Object.values(begun.errors).join(' '))
    let at = begun.received
    while (at < file.size) {
      show('sending', at, file.size)
      at = await sendPart(begun.part, file, at, begun.part_size)
    }
    show('finishing', file.size, file.size)
    const finished = await ask(begun.finish, new URLSearchParams())
    if (finished.errors) return fail(Object.values(finished.errors).join(' '))
    location.assign(box.dataset.uploadDone)
  }

  /** Tries on while the connection is away, with pauses up to half a minute; gives up after about ten minutes. */
  async function sendPart(address, file, at, size) {
    for (let tries = 0; tries < 30; tries++) {
      try {
        const answer = await fetch(`${address}?offset=${at}`, { method: 'POST', body: file.slice(at, at + size) })
        if (answer.ok || answer.status === 409) {
          const { received, refusal } = await answer.json()
          if (refusal !== 'busy') return received
        } else if (answer.status < 500 && answer.status !== 429) throw new Refused()
      } catch (error) {
        if (error instanceof Refused) throw error
      }
      show('waiting', at, file.size)
      await new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** tries)))
    }
    throw new Refused()
  }
})

class Refused extends Error {}

/** What was refused with reasons comes back as JSON; anything else is a failure. */
async function ask(address, body) {
  const answer = await fetch(address, { method: 'POST', body, headers: { accept: 'application/json' } })
  if (!answer.ok && answer.status !== 422) throw new Refused()
  return answer.json()
}
