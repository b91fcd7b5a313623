import { z } from 'zod'

const host = { host_type: z.string().trim().min(1).max(40), host_id: z.string().trim().min(1).max(200) }
/** As the column holds it. */
const mostQuantity = 2_147_483_647
/** Empty means all of it. */
const quantity = z.preprocess(
  (typed) => (typed === '' || typed === undefined ? null : typed),
  z.coerce
    .number({ error: 'form.number' })
    .int({ error: 'form.number' })
    .min(1, { error: 'deployments.quantity_wrong' })
    .max(mostQuantity, { error: 'deployments.quantity_wrong' })
    .nullable(),
)
/** Which state of the license the form was made from. */
const revision = z.coerce.number().int()

/** Longest explanation to the operator who decides about a move over the allowance. */
export const longestReason = 2000

export const rehostSchema = z.object({
  revision,
  key: z.string().max(40).min(1, { error: 'form.choose' }),
  ...host,
  quantity,
  /** Over the allowance: what the operator should know. */
  reason: z
    .string()
    .trim()
    .max(longestReason)
    .optional()
    .transform((text) => text || null),
  removed: z.literal('on', { error: 'deployments.rehost.confirm_required' }),
})

export const deploySchema = z.object({ revision, ...host, quantity })

const keys = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .default([])
  .transform((keys) => keys.filter(Boolean).slice(0, 1000))

export const splitSchema = z.object({
  revision,
  keys,
  quantity: z.preprocess(
    (typed) => (typed === '' || typed === undefined ? 0 : typed),
    z.coerce
      .number({ error: 'form.number' })
      .int({ error: 'form.number' })
      .min(0, { error: 'deployments.quantity_wrong' })
      .max(mostQuantity, { error: 'deployments.quantity_wrong' }),
  ),
})

export const returnSchema = z.object({ revision, serial: z.string().trim().max(200) })

export const reissueSchema = z.object({ revision })

export const downgradeSchema = z.object({ revision, version: z.string().min(1).max(40), keys })
