import { roles } from '../../platform/actor.ts'
import type { T } from '../../platform/i18n.ts'
import { RadioField } from '../../ui/form.tsx'

/** A short list of roles inside a row, named for screen readers; the least of them is chosen. */
export function RoleField({ t, name, label }: { t: T; name: string; label: string }) {
  return (
    <select name={name} class="form-select" aria-label={label}>
      {roles.map((role) => (
        <option value={role}>{t(`organizations.role.${role}`)}</option>
      ))}
    </select>
  )
}

/** The roles with what each may do. */
export function RoleChoice({ t, value }: { t: T; value: string }) {
  const options = roles.map((role) => ({
    value: role,
    text: t(`organizations.role.${role}`),
    hint: t(`organizations.role.${role}.hint`),
  }))
  return <RadioField name="role" label={t('organizations.role')} options={options} value={value} required />
}
