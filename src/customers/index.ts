/**
 * Buyers as the vendor's ERP knows them, their addresses, and which organization stands for which customer number.
 *
 * Owns: customers, customer_associations, addresses.
 */
export { addAddress, type EnteredAddress } from './add-address.ts'
export { associateCustomers } from './associate-customers.ts'
export { type CustomerAddress, saveCustomerAddresses } from './save-customer-addresses.ts'
export { type CustomerFacts, saveCustomers } from './save-customers.ts'
