import type { Context } from 'hono'
import type { z } from 'zod'
import type { Env, OperatorEnv, PublicEnv } from '../platform/http/env.ts'
import { refused } from '../platform/http/form.ts'
import { readFormWithFiles } from '../platform/http/form-with-files.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { openStorage } from '../platform/storage/index.ts'
import { largestFile, megabyte, mostFiles } from './file-rules.ts'
import { dropFiles } from './files.ts'
import { type Taken, takeFile } from './take-file.ts'
import type { Person } from './write-message.ts'

/** Forms with files of one person: each may bring fifty megabytes before anybody has read it. */
const uploads = defineLimit('request_upload', { capacity: 60, refill_per_minute: 2 })

/** The field of a form in which files are chosen. */
export const filesField = 'files'

/**
 * Reads a form with files, stores them, and hands both to `use`; whatever of them that has not kept is removed. A form
 * that is refused has stored nothing, and says so beside the files: browsers do not send them again.
 * @throws AppError `too_many_requests`; what reading the form and `use` throw.
 */
export async function receiveForm<S extends z.ZodType, A>(
  c: Context<PublicEnv> | Context<Env> | Context<OperatorEnv>,
  schema: S,
  person: Person,
  use: (form: Awaited<ReturnType<typeof readFormWithFiles<S, Taken>>>, files: string[]) => Promise<A>,
): Promise<A> {
  const { db, config, t } = c.var
  await spend(db, uploads, person.user_id)
  const storage = openStorage(config)
  const taken: string[] = []
  const take = async (file: Parameters<typeof takeFile>[3]) => {
    const stored = await takeFile(db, storage, person, file)
    if (stored.ok) taken.push(stored.id)
    return stored
  }
  try {
    const form = await readFormWithFiles(c, schema, { largest: largestFile, take })
    const wrong = form.files.find((file) => !file.ok)
    if (wrong && !wrong.ok) {
      const text = t(`requests.files.refused.${wrong.refusal}`, {
        name: wrong.name,
        size: largestFile / megabyte,
      })
      return await use({ ...form, ...refused(form, filesField, text), ok: false }, [])
    }
    if (form.files.length > mostFiles) {
      const text = t('requests.files.refused.many', { count: mostFiles })
      return await use({ ...form, ...refused(form, filesField, text), ok: false }, [])
    }
    if (!form.ok && taken.length > 0) {
      return await use({ ...form, ...refused(form, filesField, t('requests.files.again')), ok: false }, [])
    }
    return await use(form, taken)
  } finally {
    await dropFiles(db, storage, taken)
  }
}
