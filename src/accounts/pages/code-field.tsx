import { TextField } from '../../ui/form.tsx'

/** A one-time code. Phones offer the digits' keyboard, password managers fill it in; pasting with blanks is fine. */
export function CodeField({ label, backup }: { label: string; backup?: boolean }) {
  return (
    <TextField
      name="code"
      label={label}
      inputmode={backup ? undefined : 'numeric'}
      autocomplete={backup ? 'off' : 'one-time-code'}
      maxlength={40}
      width="medium"
      code
      required
    />
  )
}
