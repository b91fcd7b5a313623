import { emptyForm } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'

/** Says what happens when a customer number is removed, before it is. */
export function RemoveBody({ t, customer: { number, name } }: { t: T; customer: { number: string; name: string } }) {
  return (
    <Card>
      <p>
        <Text>{name}</Text>
      </p>
      <ul>
        <li>{t('customers.remove.licenses')}</li>
        <li>{t('customers.remove.purchases')}</li>
        <li>{t('customers.remove.addresses')}</li>
        <li>{t('customers.remove.again')}</li>
      </ul>
      <Form t={t} form={emptyForm} action={urls.customers.remove.to({ customer: number })}>
        <Actions>
          <Button look="danger">{t('customers.remove.submit')}</Button>
          <LinkButton href={urls.customers.numbers.to()}>{t('ui.back')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}
