import { type HostType, isHostType } from '@keyport/license'
import type { T } from '../platform/i18n.ts'

/** A kind of host ID in the reader's words; a vendor's own kind by its name. */
export function hostTypeName(t: T, type: string): string {
  return isHostType(type) ? t(`registration.host.${type}`) : t('registration.host.other', { type })
}

/** How to find the host ID on the computer, where we know. */
export function hostFindText(t: T, type: string): string | undefined {
  return isHostType(type) ? t(`registration.host.${type}.find`) : undefined
}

/** What is wrong with a host ID that is not of its kind's form. */
export function hostWrongText(t: T, type: string): string {
  return isHostType(type) ? t(`registration.host.${type satisfies HostType}.wrong`) : t('form.invalid')
}
