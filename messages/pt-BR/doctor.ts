import type { doctor as en } from '../en/doctor.ts'

export const doctor = {
  'doctor.title': 'Exame de arquivo de licença',
  'doctor.lead':
    'Descubra o que há em um arquivo de licença ou em uma chave assinada, e o que está errado. O exame é feito neste computador; nada é enviado.',
  'doctor.no_script': 'Esta página examina os arquivos com um script no seu navegador, e os scripts estão desativados',
  'doctor.no_script.text':
    'Para que nada precise ser enviado, o portal não examina arquivos por você. Você pode examiná-los com o comando keyport verify, ou só com o OpenSSL.',
  'doctor.no_script.help': 'Como verificar você mesmo um arquivo de licença',
  'doctor.file': 'Solte aqui arquivos de licença, ou escolha-os',
  'doctor.text': 'Ou cole o conteúdo de um arquivo de licença, uma chave assinada, ou o e-mail em que ela veio',
  'doctor.host': 'ID do computador a que se destina (opcional)',
  'doctor.host.hint': 'Para uma licença vinculada a um computador: mostra se é este.',
  'doctor.host.help': 'Como encontrar o ID de um computador',
  'doctor.check': 'Examinar',
  'doctor.results': 'Resultado',
  'doctor.pasted': 'Texto colado',
  'doctor.facts': 'O que ela diz',
  'doctor.open': 'Abrir os detalhes da licença',
  'doctor.any_host': 'não vinculada a um computador',

  'doctor.fact.serial': 'Número de série',
  'doctor.fact.host': 'Computador',
  'doctor.fact.starts': 'Primeiro dia',
  'doctor.fact.ends': 'Último dia',
  'doctor.fact.grace': 'Período de tolerância até',
  'doctor.fact.maintenance': 'Manutenção até',
  'doctor.fact.features': 'Recursos',
  'doctor.fact.temporary': 'Temporária',
  'doctor.fact.issued': 'Emitida em',
  'doctor.fact.issuer': 'Emitida por',
  'doctor.fact.key': 'Número da chave',
  'doctor.fact.signed_by': 'Assinada com',

  'doctor.verdict.valid': 'Esta licença é válida',
  'doctor.do.valid':
    'Ela é autêntica, não foi alterada e está em vigor. Se mesmo assim o produto a recusar, confira se é o produto certo no computador certo e se o relógio dele está certo.',
  'doctor.verdict.expiring': 'Esta licença é válida, mas só até {ends}',
  'doctor.do.expiring': 'Renove-a a tempo: depois desse dia, o produto {product} deixa de funcionar.',
  'doctor.verdict.grace': 'Esta licença terminou em {ends} e só funciona até {grace_until}',
  'doctor.do.grace': 'Renove-a agora: depois do período de tolerância, o produto deixa de funcionar.',
  'doctor.verdict.not_yet_valid': 'Esta licença começa em {starts}',
  'doctor.do.not_yet_valid':
    'Até lá, use a licença que você tem. Se esse dia já passou, o relógio deste computador está errado: acerte-o.',
  'doctor.verdict.expired': 'Esta licença terminou em {ends}',
  'doctor.do.expired':
    'O produto não a aceita mais. Se ela foi renovada, baixe o novo arquivo nos detalhes da licença; se não, peça uma renovação a quem vende para você.',
  'doctor.verdict.revoked': 'Esta licença foi retirada em {withdrawn}',
  'doctor.do.revoked':
    'Ela não vale mais, por exemplo porque foi movida para outro computador, devolvida, ou porque o pedido foi cancelado. Os detalhes da licença mostram qual chave está em vigor.',
  'doctor.verdict.superseded': 'Esta licença foi substituída por uma mais nova em {withdrawn}',
  'doctor.do.superseded': 'Abra os detalhes da licença, baixe o arquivo em vigor e instale esse.',
  'doctor.verdict.wrong_host': 'Esta licença é para outro computador',
  'doctor.do.wrong_host':
    'Ela está vinculada a: {host}. Você digitou: {typed}. Use o arquivo feito para o seu computador, ou mova a licença para um novo computador a partir dos detalhes dela.',
  'doctor.verdict.altered': 'Esta licença foi alterada depois de assinada',
  'doctor.do.altered':
    'Algo nela difere do que {vendor} assinou: nada do que ela diz é confiável, e nenhum produto a aceitará. Baixe-a de novo e não a edite.',
  'doctor.verdict.unknown_key': 'Esta licença não foi assinada por {vendor}',
  'doctor.do.unknown_key':
    'A chave que a assinou não é nossa. Ela vem de outro fornecedor, de um sistema de teste, ou é falsa. Pergunte a quem a entregou de onde ela vem.',
  'doctor.verdict.too_new': 'Esta licença precisa de uma versão mais nova',
  'doctor.do.too_new':
    'Ela pede algo que este exame não conhece. Recarregue esta página; se não adiantar, atualize o produto antes de instalá-la.',
  'doctor.verdict.truncated': 'Falta o fim desta licença',
  'doctor.do.truncated':
    'Ela foi cortada no caminho, por exemplo ao ser copiada de um e-mail. Copie-a inteira, ou baixe-a de novo.',
  'doctor.verdict.damaged': 'Esta licença está danificada',
  'doctor.do.damaged':
    'Parece um arquivo de licença ou uma chave, mas falta uma parte ou algo está fora do lugar. Baixe-a de novo e não a abra em um editor.',
  'doctor.verdict.not_license': 'Não há licença nisto',
  'doctor.do.not_license':
    'Um arquivo de licença termina em .slf e começa com uma chave de abertura; uma chave assinada começa com “K1.”. Escolha o arquivo baixado aqui, ou cole-o inteiro.',
  'doctor.verdict.code': 'Isto é um número de série ou um código, não um arquivo de licença',
  'doctor.do.code':
    'Só o portal o conhece. Entre e procure-o no catálogo de licenças; um novo número de série é informado em “Obter uma chave”.',
  'doctor.verdict.archive': 'Isto é um arquivo compactado ou um documento de escritório',
  'doctor.do.archive': 'Descompacte-o e escolha os arquivos de licença (.slf) que estão nele.',
  'doctor.verdict.pdf': 'Isto é um PDF, por exemplo um certificado',
  'doctor.do.pdf':
    'Um certificado comprova a compra e não ativa nada. Registre o número de série dele em “Obter uma chave” e baixe o arquivo de licença.',
  'doctor.verdict.binary': 'Isto não é um texto, logo não é um arquivo de licença',
  'doctor.do.binary': 'Um arquivo de licença é um texto curto e termina em .slf. Escolha o arquivo baixado aqui.',
  'doctor.verdict.empty': 'Não há nada nele',
  'doctor.do.empty': 'Escolha um arquivo ou cole o conteúdo. Se o próprio arquivo está vazio, baixe-o de novo.',
  'doctor.verdict.too_large': 'Isto é grande demais para uma licença',
  'doctor.do.too_large':
    'Um arquivo de licença tem alguns milhares de caracteres e termina em .slf. Escolha o arquivo baixado aqui.',
  'doctor.verdict.no_crypto': 'Este navegador não consegue verificar assinaturas',
  'doctor.do.no_crypto':
    'Ele é antigo demais, ou esta página não foi aberta por uma conexão segura (https). Use um navegador atual, ou o comando keyport verify.',
  'doctor.verdict.no_keys': 'Não foi possível carregar as chaves públicas de {vendor}',
  'doctor.do.no_keys':
    'Sem elas, ninguém sabe dizer se a licença é autêntica. Confira a conexão de rede e pressione Examinar mais uma vez. Ainda nada? Escreva para {support_email}.',
  'doctor.unsure': 'Não se sabe se ela foi retirada',
  'doctor.unsure.text':
    'Não foi possível carregar a lista de licenças retiradas. Pressione Examinar mais uma vez daqui a pouco.',

  'doctor.repaired': 'O arquivo chegou danificado: do jeito que está, os produtos o recusam',
  'doctor.repaired.do': 'O que se diz aqui vale para o arquivo reparado. Instale o reparado, ou baixe-o de novo.',
  'doctor.repaired.save': 'Salvar o arquivo reparado',
  'doctor.repair.utf16': 'Um editor o salvou como “Unicode” (UTF-16) em vez de UTF-8.',
  'doctor.repair.mail_encoding': 'Ele ainda está embalado como os programas de e-mail o enviam.',
  'doctor.repair.entities': 'Aspas foram transformadas em códigos HTML.',
  'doctor.repair.quoted_mail': 'Há marcas de resposta (>) no início das linhas.',
  'doctor.repair.quotes': 'Aspas retas foram transformadas em aspas curvas.',
  'doctor.repair.dashes': 'Hifens foram transformados em travessões.',
  'doctor.repair.invisible': 'Há nele caracteres invisíveis ou espaços especiais.',
  'doctor.repair.surroundings': 'Há outro texto em volta dele.',
  'doctor.repair.line_breaks': 'Há quebras de linha no meio dele.',
} satisfies Record<keyof typeof en, string>
