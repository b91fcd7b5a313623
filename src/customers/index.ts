/**
 * Buyers as the vendor's ERP knows them, their addresses, and which organization stands for which customer number.
 *
 * Invariants: a customer number is associated because somebody knew an order or serial number of that customer, or an
 * operator said so; which of the two, and who, is kept. Whoever knows neither learns nothing about a number.
 * Owns: customers, customer_associations, addresses.
 */
export { addAddress, type EnteredAddress } from './add-address.ts'
export { type Address, addressLine, addressLines, findAddress, listAddresses } from './addresses.ts'
export { associateCustomers, associationEvents } from './associate-customers.ts'
export { claimNumber } from './claim-number.ts'
export { numberRequest } from './number-request.ts'
export { AddressFields } from './pages/address-fields.tsx'
export { saveCustomerAddresses } from './save-customer-addresses.ts'
export { saveCustomers } from './save-customers.ts'
export { addressQuerySchema, addressSchema } from './schemas.ts'
export { customersWeb } from './web.tsx'
