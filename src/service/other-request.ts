import { z } from 'zod'
import { defineRequestKind } from '../requests/index.ts'
import { listed } from './contract-change.ts'

/** Something else: accepting it says that it was answered, and does nothing besides. */
export const otherRequests = defineRequestKind({
  kind: 'other',
  details: z.object({ description: z.string(), serials: z.array(z.string()) }),
  facts({ t }, { details: { description, serials } }) {
    return [
      { label: t('service.form.description'), value: description },
      ...(serials.length > 0 ? [{ label: t('service.form.serials'), value: listed(t, serials) }] : []),
    ]
  },
  async accept() {
    return { ok: true }
  },
})
