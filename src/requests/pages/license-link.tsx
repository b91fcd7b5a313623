import { Code, Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { AnyRequest } from '../kinds.ts'

/** The license that a request is about; `linked` for those who may open it. */
export function LicenseLink(props: { request: Pick<AnyRequest, 'serial' | 'product'>; linked?: boolean }) {
  const { serial, product } = props.request
  if (!serial) return null
  return (
    <>
      {props.linked ? (
        <a href={urls.licenses.show.to({ serial })}>
          <Code>{serial}</Code>
        </a>
      ) : (
        <Code>{serial}</Code>
      )}
      <div>
        <Text>{product}</Text>
      </div>
    </>
  )
}
