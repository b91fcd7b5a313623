export const customers = {
  'customers.address.company': 'Company',
  'customers.address.street': 'Street and number',
  'customers.address.street2': 'Building, floor, room',
  'customers.address.city': 'City',
  'customers.address.region': 'State or region',
  'customers.address.postal_code': 'Postal code',
  'customers.address.country': 'Country',
} as const
