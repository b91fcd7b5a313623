import type { customers as en } from '../en/customers.ts'

export const customers = {
  'customers.address.company': 'Société',
  'customers.address.street': 'Numéro et rue',
  'customers.address.street2': 'Bâtiment, étage, bureau',
  'customers.address.city': 'Ville',
  'customers.address.region': 'Région',
  'customers.address.postal_code': 'Code postal',
  'customers.address.country': 'Pays',
} satisfies Record<keyof typeof en, string>
