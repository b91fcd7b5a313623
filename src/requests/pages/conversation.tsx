import { StatusBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Text } from '../../ui/text.tsx'
import type { RequestFile } from '../files.ts'
import type { Message } from '../messages.ts'
import { FileList } from './file-list.tsx'
import type { Reader } from './request-parts.tsx'

type Props = {
  reader: Reader
  messages: Message[]
  files: RequestFile[]
  fileHref: (file: RequestFile) => string
  vendor: string
  /** For operators: with the names of staff, which customers never read. */
  staff: boolean
  /** Where earlier messages are. */
  earlierHref: string | undefined
}

/** What was written about a request, the newest last. Plain text with its line breaks; addresses in it stay text. */
export function Conversation(props: Props) {
  const { t } = props.reader
  const { messages, earlierHref } = props
  return (
    <Card
      title={t('requests.messages.title')}
      id="messages"
      foot={earlierHref && <a href={earlierHref}>{t('requests.messages.older')}</a>}
    >
      {messages.length === 0 ? (
        <p class="m-0">{t('requests.messages.empty')}</p>
      ) : (
        <ol class="kp-comments list-unstyled" aria-label={t('requests.messages.title')}>
          {messages.map((message) => (
            <Written {...props} message={message} />
          ))}
        </ol>
      )}
    </Card>
  )
}

function Written({ message, ...props }: Props & { message: Message }) {
  const { t, format } = props.reader
  const { id, internal, body, written_at } = message
  return (
    <li id={`message-${id}`}>
      <div class="kp-comment-head">
        <strong>
          <Text>{authorOf(props, message)}</Text>
        </strong>
        <span class="kp-note">{format.moment(written_at)}</span>
        {internal && <StatusBadge tone="warning" text={t('requests.messages.internal')} />}
      </div>
      <p class="kp-comment-body" dir="auto">
        {body}
      </p>
      <FileList t={t} files={props.files.filter((file) => file.message_id === id)} hrefOf={props.fileHref} />
    </li>
  )
}

function authorOf({ reader: { t }, vendor, staff }: Omit<Props, 'message'>, { side, author_name }: Message): string {
  const name = author_name ?? t('requests.messages.gone')
  if (side === 'customer') return name
  return staff ? t('requests.messages.staff', { name, vendor }) : vendor
}
