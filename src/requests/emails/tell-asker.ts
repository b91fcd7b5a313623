import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import { selectRequests } from '../queries.ts'
import { readersOf, textsOf } from './readers.ts'
import { type RequestStep, requestMail } from './request-mails.ts'

/** Tells whoever asked, and the administrators of the organization, each in their language, what became of a request. */
export async function tellAsker(
  trx: Trx,
  now: Date,
  request_id: string,
  step: RequestStep,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const request = await selectRequests(trx).where('r.id', '=', request_id).executeTakeFirstOrThrow()
  const url = config.base_url + urls.requests.show.to({ request: request.number })
  const mails = (await readersOf(trx, request_id)).map((reader) => {
    const { email, name, locale } = reader
    const content = requestMail(step, { ...textsOf(reader), name, request, url, vendor_name: config.vendor.name })
    return { template: `request.${step}`, to: { email, name }, locale, content }
  })
  await enqueueMails(trx, now, mails)
}
