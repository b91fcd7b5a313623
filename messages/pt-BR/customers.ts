import type { customers as en } from '../en/customers.ts'

export const customers = {
  'customers.address.company': 'Empresa',
  'customers.address.street': 'Rua e número',
  'customers.address.street2': 'Prédio, andar, sala',
  'customers.address.city': 'Cidade',
  'customers.address.region': 'Estado',
  'customers.address.postal_code': 'CEP',
  'customers.address.country': 'País',
} satisfies Record<keyof typeof en, string>
