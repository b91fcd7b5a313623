import { z } from 'zod'

/** The ID as it was typed: however it is grouped, whatever stands around it. */
export const openSchema = z.object({ id: z.string().trim().min(1).max(100) })

export const lookupSchema = z.object({
  customer_number: z.string().trim().min(1).max(40),
  order_number: z.string().trim().min(1).max(40),
})

const id = z.guid()
const ids = z.union([id.transform((one) => [one]), z.array(id).max(1000)]).default([])

/** A page of Upgrade License Selection: which licenses it showed, which are checked. Quantities are read beside it. */
export const selectionSchema = z.looseObject({
  shown: ids,
  license: ids,
  search: z.string().max(200).default(''),
  action: z.enum(['next', 'keep', 'all', 'none']).default('next'),
})

export const startSchema = z.object({ path: id })
