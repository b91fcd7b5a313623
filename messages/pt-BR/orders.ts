import type { orders as en } from '../en/orders.ts'

export const orders = {
  'orders.issue.required': 'Esta célula não pode ficar vazia',
  'orders.issue.too_long': 'O texto é longo demais para esta coluna',
  'orders.issue.not_a_number': 'Esperado um número inteiro, 1 ou mais',
  'orders.issue.not_a_date': 'Esperada uma data como 2027-03-31',
  'orders.issue.not_a_country': 'Esperado um código de país de duas letras, como BR (ISO 3166-1)',
  'orders.issue.not_an_email': 'Isto não é um endereço de e-mail',
  'orders.issue.not_a_serial': 'Um número de série tem de 6 a 40 letras de A a Z, dígitos e hifens',
  'orders.issue.not_yes_or_no': 'Esperado «yes» ou «no»',
  'orders.issue.ends_before_start': 'A data final é anterior à data inicial',
  'orders.issue.broken_row': 'A linha não pode ser lida: há aspas não fechadas',
  'orders.issue.too_many_cells': 'A linha tem mais células do que o cabeçalho',
  'orders.issue.unknown_product': 'Nenhum produto tem este código',
  'orders.issue.unknown_version': 'O produto não tem esta versão',
  'orders.issue.needs_end': 'Manutenção e assinaturas precisam de uma data final',
  'orders.issue.needs_printed_key':
    'As chaves deste produto são impressas no certificado, então a chave deve estar no arquivo',
  'orders.issue.incomplete_address': 'Um endereço precisa de empresa, rua, cidade e país',
  'orders.issue.other_customer': 'O pedido pertence a outro número de cliente',
  'orders.issue.serial_taken': 'O número de série pertence a outra linha de pedido',
  'orders.issue.serial_twice': 'O número de série aparece duas vezes no arquivo',
  'orders.issue.unknown_serial':
    'Nenhuma licença tem este número de série; ele precisa ser conhecido ou vir antes no arquivo',
  'orders.issue.line_twice': 'A mesma linha de pedido aparece duas vezes no arquivo',
  'orders.issue.already_registered': 'A licença está registrada e não é mais alterada por uma importação',
  'orders.file.unreadable': 'o arquivo não pode ser lido',
  'orders.file.empty': 'o arquivo está vazio',
  'orders.file.encoding':
    'o texto não está em UTF-8: salve como “CSV UTF-8” ou informe a codificação, por exemplo windows-1252',
  'orders.file.damaged': 'o arquivo está danificado, cortado ou protegido por senha',
  'orders.file.too_large': 'uma parte do arquivo é maior do que uma planilha pode ser',
} satisfies Record<keyof typeof en, string>
