// A line of an error summary leads into its field, ready to type.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.kp-errors a[href^="#"]')
  const field = link && document.getElementById(link.hash.slice(1))
  if (!field) return
  event.preventDefault()
  field.focus({ preventScroll: true })
  field.closest('.kp-field')?.scrollIntoView({ block: 'center' })
})
