import { ready } from './ready.js'

// Who creates an account is offered the time zone of this device; a form that came back keeps what was chosen.
ready('form[action="/account/new"] select[name="time_zone"]', (select) => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const known = [...select.options].some(({ value }) => value === own)
  if (known && !select.form.querySelector('.kp-errors')) select.value = own
})
