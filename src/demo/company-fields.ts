/** What the demo's company wants to know about its licenses. */
import { sql } from 'kysely'
import { addField, setFieldValues } from '../fields/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

type Field = Omit<Parameters<typeof addField>[2], 'choices'> & { choices?: string[]; values: string[] }

const fields: Field[] = [
  {
    name: 'Cost center',
    type: 'text',
    flags: ['in_catalog', 'searchable'],
    values: ['4711', '4720', '4805'],
  },
  {
    name: 'Renewal owner',
    type: 'text',
    flags: ['required', 'in_catalog', 'searchable'],
    values: ['Magnus Ødegård', 'Ingrid Sørensen'],
  },
  {
    name: 'Criticality',
    type: 'choice',
    flags: ['searchable', 'shared'],
    choices: ['1 – vessel stops', '2 – office stops', '3 – can wait'],
    values: ['1 – vessel stops', '2 – office stops', '3 – can wait'],
  },
]

/** Adds the fields of an organization that has none, and fills them in on most of its licenses. */
export async function addFields(db: Db, actor: Member): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from licenses where owner_id = ${actor.organization_id} order by serial`.execute(db)
  for (const { values, choices = [], ...field } of fields) {
    const added = await addField(db, actor, { ...field, choices })
    // A seeding that was cut off is done again: the field is there.
    if (!added.ok) continue
    for (const [n, value] of values.entries()) {
      const license_ids = rows.filter((_, place) => place % (values.length + 1) === n).map(({ id }) => id)
      await setFieldValues(db, actor, { license_ids, values: { [added.field_id]: value } })
    }
  }
}
