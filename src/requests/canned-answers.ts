import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Locale } from '../platform/i18n.ts'
import { fillIn } from './answer-rules.ts'
import type { AnyRequest } from './kinds.ts'

/** An answer that operators prepared, in one or more languages. */
export type CannedAnswer = {
  id: string
  name: string
  texts: Partial<Record<Locale, string>>
  revision: number
}

/** All canned answers by name: a few dozen, which operators choose from. */
export function listCannedAnswers(db: Db): Promise<CannedAnswer[]> {
  return selectAnswers(db).orderBy('name').execute()
}

/** @throws AppError `not_found` */
export async function getCannedAnswer(db: Db, id: string): Promise<CannedAnswer> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError('not_found')
  const answer = await selectAnswers(db).where('id', '=', id).executeTakeFirst()
  if (!answer) throw new AppError('not_found')
  return answer
}

function selectAnswers(db: Db) {
  return db.selectFrom('canned_answers').select(['id', 'name', 'texts', 'revision']).$castTo<CannedAnswer>()
}

/**
 * The text of an answer for a request: in the language in which it was asked, or in English, or in any that there is;
 * with the placeholders filled in.
 */
export function textFor(
  { texts }: CannedAnswer,
  request: AnyRequest,
  by: { operator: string; vendor: string },
): string {
  const text = texts[request.locale as Locale] ?? texts.en ?? Object.values(texts)[0] ?? ''
  const { opener_name: name, number, organization_name: organization, product, serial } = request
  return fillIn(text, { name, number, organization, product, serial, ...by })
}
