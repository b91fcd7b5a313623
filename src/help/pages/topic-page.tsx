import type { T } from '../../platform/i18n.ts'
import { type HelpTopic, helpTopics, urls } from '../../urls.ts'
import { type Block, type Piece, piecesOf, type Topic } from '../read-topic.ts'

/** What help pages may name without knowing it: who runs the portal, and where. */
export type Names = { vendor: string; support_email: string; base_url: string }

type Props = { t: T; names: Names; topic: HelpTopic; page: Topic; titles: Record<HelpTopic, string> }

/** One help page, with the one after it. */
export function TopicBody({ t, names, topic, page, titles }: Props) {
  const next = helpTopics[helpTopics.indexOf(topic) + 1]
  return (
    <article class="kp-prose">
      {page.blocks.map((block) => (
        <BlockView block={block} names={names} />
      ))}
      <p class="kp-help-next">
        {next && (
          <>
            {t('help.next')} <a href={urls.help.topic.to({ topic: next })}>{titles[next]}</a>
            <br />
          </>
        )}
        <a href={urls.help.index.to()}>{t('help.all')}</a>
      </p>
    </article>
  )
}

function BlockView({ block, names }: { block: Block; names: Names }) {
  switch (block.kind) {
    case 'heading':
      return <h2 id={block.id}>{block.text}</h2>
    case 'paragraph':
      return (
        <p>
          <Line text={block.text} names={names} />
        </p>
      )
    case 'code':
      return (
        // What scrolls must be reachable by keyboard (WCAG 2.1.1).
        <pre tabindex={0} translate="no" dir="ltr">
          <code>{named(block.text, names)}</code>
        </pre>
      )
    case 'list': {
      const items = block.items.map((item) => (
        <li>
          <Line text={item} names={names} />
        </li>
      ))
      return block.numbered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
  }
}

/** A line of a help page with its emphasis and links. */
export function Line({ text, names }: { text: string; names: Names }) {
  return (
    <>
      {piecesOf(named(text, names)).map((piece) => (
        <PieceView piece={piece} />
      ))}
    </>
  )
}

function PieceView({ piece }: { piece: Piece }) {
  switch (piece.kind) {
    case 'text':
      return <>{piece.text}</>
    case 'strong':
      return <strong>{piece.text}</strong>
    case 'em':
      return <em>{piece.text}</em>
    case 'code':
      return <code translate="no">{piece.text}</code>
    case 'link':
      return <a href={hrefOf(piece.to)}>{piece.text}</a>
  }
}

function named(text: string, names: Names): string {
  return text.replace(/\{(vendor|support_email|base_url)\}/g, (_, name: keyof Names) => names[name])
}

const pages: Record<string, string> = {
  home: urls.home.to(),
  'sign-in': urls.accounts.signIn.to(),
  'get-a-license-key': urls.registration.start.to(),
  software: urls.software.home.to(),
  'license-file-doctor': urls.doctor.to(),
  'add-license-information': urls.licenses.add.to(),
  'service-requests': urls.requests.list.to(),
  account: urls.accounts.show.to(),
  security: urls.accounts.security.to(),
  'customer-numbers': urls.customers.numbers.to(),
  'user-defined-fields': urls.fields.list.to(),
  members: urls.organizations.members.to(),
  join: urls.organizations.join.to(),
  notifications: urls.reminders.notifications.to(),
  'bulk-actions': urls.bulk.start.to(),
  'share-licenses': urls.sharing.list.to(),
  'shared-with-me': urls.sharing.withMe.to(),
  transfers: urls.transfers.list.to(),
  partners: urls.delegation.list.to(),
  recovery: urls.succession.show.to(),
  customers: urls.partner.customers.to(),
}

/** @throws Error for a target that is neither `help:<topic>` nor `page:<name>`: help pages link nowhere else. */
export function hrefOf(to: string): string {
  const [kind, name = ''] = to.split(':')
  if (kind === 'help' && helpTopics.some((topic) => topic === name)) return urls.help.topic.to({ topic: name })
  const page = kind === 'page' && Object.hasOwn(pages, name) ? pages[name] : undefined
  if (!page) throw new Error(`a help page links to “${to}”`)
  return page
}
