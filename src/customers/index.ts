/**
 * Buyers as the vendor's ERP knows them, their addresses, and which organization stands for which customer number.
 *
 * Owns: customers, customer_associations, addresses.
 */
export { addAddress } from './add-address.ts'
export { associateCustomers, associationEvents } from './associate-customers.ts'
export { saveCustomerAddresses } from './save-customer-addresses.ts'
export { saveCustomers } from './save-customers.ts'
