import type { registration as en } from '../en/registration.ts'

export const registration = {
  'registration.title': 'Nova compra',
  'registration.lead': 'Digite os números de série da sua compra para obter as chaves de licença.',
  'registration.purchases.title': 'Compras a registrar',
  'registration.purchases.lead': 'O que foi comprado com seus números de cliente e ninguém registrou ainda.',
  'registration.purchases.count':
    '{count, plural, =0 {Nada aguarda} one {# licença aguarda} many {# de licenças aguardam} other {# licenças aguardam}}',
  'registration.purchases.order': 'Pedido',
  'registration.purchases.ordered_on': 'Pedido em',
  'registration.purchases.products': 'Produtos',
  'registration.purchases.waiting': 'Licenças',
  'registration.purchases.start': 'Iniciar registro',
  'registration.purchases.start_of': 'Iniciar registro: {name}',
  'registration.purchases.start_all': 'Iniciar com todas',
  'registration.purchases.no_order': 'Sem pedido',
  'registration.purchases.purchase_order': 'Ordem de compra {purchase_order}',
  'registration.purchases.more_products':
    '{count, plural, one {e mais um produto} many {e mais # de produtos} other {e mais # produtos}}',
  'registration.purchases.none': 'Nenhuma compra a registrar',
  'registration.purchases.none.text': 'As compras aparecem aqui para os números de cliente da sua organização.',
  'registration.purchases.nothing_waits': 'Nada mais aguarda nesta compra: ela foi registrada nesse meio-tempo.',
  'registration.step.serials': 'Números de série',
  'registration.step.details': 'Registro',
  'registration.step.verify': 'Verificação do registro',
  'registration.step.confirmation': 'Confirmação das chaves de licença',
  'registration.next': 'Avançar',

  'registration.open.title': 'Cestas que você pode retomar',
  'registration.open.text': 'Nada foi registrado ainda. Qualquer gerente da sua organização pode continuar.',
  'registration.open.empty': 'Cesta vazia',
  'registration.open.name': '{serial} e {count, plural, one {mais um} many {mais # de números} other {mais #}}',
  'registration.open.state': 'Situação',
  'registration.open.changed': 'última alteração: {when}',
  'registration.open.submitted': 'registro em andamento',
  'registration.discard': 'Descartar esta cesta',
  'registration.discard_of': 'Descartar a cesta {name}',
  'registration.discarded':
    'A cesta foi descartada. Os números de série podem ser digitados de novo a qualquer momento.',

  'registration.serials.field': 'Números de série',
  'registration.serials.hint':
    'Digite um ou cole quantos quiser, em qualquer formato, até {max}. Maiúsculas e minúsculas são diferentes.',
  'registration.serials.file': 'Ou um arquivo com números de série',
  'registration.serials.file_hint':
    'CSV ou Excel (.xlsx). Lemos a coluna “Número de série”; sem ela, todas as células.',
  'registration.serials.add': 'Adicionar',
  'registration.serials.required': 'Digite ou cole um número de série, ou escolha um arquivo',
  'registration.serials.nothing_found':
    'Nenhum número de série foi encontrado. Um número de série tem de 6 a 40 letras, algarismos e hifens',
  'registration.serials.too_many':
    'Uma cesta comporta até {max} números de série. Registre estes primeiro e depois os outros',
  'registration.serials.too_many_unknown':
    'Muitos desses números de série são desconhecidos. Confira se escolheu a coluna certa e manteve maiúsculas e minúsculas, e tente de novo em alguns minutos',
  'registration.serials.unreadable':
    'Não foi possível ler este arquivo. Salve como CSV (UTF-8) ou .xlsx e tente de novo',
  'registration.serials.added':
    '{added, plural, =0 {Nada de novo foi adicionado} one {Um número de série foi adicionado} many {# de números de série foram adicionados} other {# números de série foram adicionados}}.',
  'registration.serials.repeated':
    '{count, plural, one {{serial} já está na lista.} many {# já estão na lista, por exemplo {serial}.} other {# já estão na lista, por exemplo {serial}.}}',
  'registration.serials.words':
    '{count, plural, one {Uma palavra sem algarismos foi deixada de fora.} many {# de palavras sem algarismos foram deixadas de fora.} other {# palavras sem algarismos foram deixadas de fora.}}',
  'registration.serials.removed':
    '{count, plural, =0 {Nada foi removido} one {Um número de série foi removido} many {# de números de série foram removidos} other {# números de série foram removidos}}.',
  'registration.serials.list': 'Números de série nesta cesta',
  'registration.serials.empty': 'A cesta está vazia',
  'registration.serials.empty_text':
    'Os números de série que você adicionar aparecem aqui, cada um com o produto e o que é possível fazer.',
  'registration.serials.count':
    '{ready, plural, one {# pode ser registrado} many {# podem ser registrados} other {# podem ser registrados}}{refused, plural, =0 {} one {; # não pode} many {; # não podem} other {; # não podem}}',
  'registration.serials.show_refused': 'Mostrar só os que não podem ser registrados',
  'registration.serials.show_all': 'Mostrar todos',
  'registration.serials.remove_refused': 'Remover todos os que não podem ser registrados',
  'registration.serials.remove_of': 'Remover {serial}',
  'registration.serials.refused':
    '{count, plural, one {Um número de série não pode ser registrado. Siga a orientação ao lado ou remova-o.} many {# de números de série não podem ser registrados. Siga a orientação ao lado de cada um ou remova-os.} other {# números de série não podem ser registrados. Siga a orientação ao lado de cada um ou remova-os.}}',
  'registration.serials.none_yet': 'Adicione antes pelo menos um número de série.',
  'registration.serials.separated': '{serial} agora espera em uma cesta só dele. Abra-a quando terminar aqui.',

  'registration.column.serial': 'Número de série',
  'registration.column.product': 'Produto',
  'registration.column.quantity': 'Quantidade',
  'registration.column.outcome': 'Resultado',
  'registration.column.key': 'Chave de licença',
  'registration.column.host': 'Host',
  'registration.column.remove': 'Remover',
  'registration.column.change': 'Alterar',

  'registration.outcome.ready': 'Pronto para registrar',
  'registration.outcome.support_only': 'Só para suporte',
  'registration.outcome.support_only.text':
    'Este produto não precisa de chave de licença. O registro dá direito ao suporte.',
  'registration.outcome.printed': 'Chave no certificado',
  'registration.outcome.printed.text':
    'A chave de licença está impressa no seu certificado; não há nada a ativar. Você pode registrá-lo para ter suporte.',
  'registration.outcome.not_found': 'Não encontrado',
  'registration.outcome.not_found.text':
    'Compare com o seu certificado: maiúsculas e minúsculas são diferentes, assim como O e 0, I e 1.',
  'registration.outcome.not_found.suggestion': 'Você quis dizer {serial}?',
  'registration.outcome.not_found.use': 'Usar {serial}',
  'registration.outcome.registered_by_you': 'Já é seu',
  'registration.outcome.registered_by_you.text': 'Sua organização já o registrou. Abra a licença para ver as chaves.',
  'registration.outcome.registered_by_you.open': 'Abrir esta licença',
  'registration.outcome.registered_by_you.rehost': 'Mover para um novo host',
  'registration.outcome.registered_elsewhere': 'Registrado em outro lugar',
  'registration.outcome.registered_elsewhere.text':
    'Outra organização o registrou. Peça a quem comprou que compartilhe a licença com você, ou escreva para {email} e solicite uma transferência.',
  'registration.outcome.alone': 'Deve ser registrado sozinho',
  'registration.outcome.alone.text': 'Este produto não pode ser registrado junto com outros.',
  'registration.outcome.alone.separate': 'Mover para uma cesta só dele',
  'registration.outcome.flex': 'Enterprise Flex',
  'registration.outcome.flex.text': 'Pertence a um contrato Enterprise Flex: é lá que você retira as licenças.',
  'registration.outcome.voucher': 'Voucher',
  'registration.outcome.voucher.text': 'Isto é um voucher, não um número de série: resgate-o no Voucher Center.',
  'registration.outcome.revoked': 'Revogado',
  'registration.outcome.revoked.text':
    'O fornecedor revogou esta licença. Escreva para {email} se achar que há um engano.',
  'registration.outcome.superseded': 'Substituído',
  'registration.outcome.superseded.text':
    'Outro número de série tomou o lugar deste. Procure-o em um certificado mais recente.',
  'registration.outcome.order_cancelled': 'Pedido cancelado',
  'registration.outcome.order_cancelled.text':
    'O pedido foi cancelado. Escreva para {email} se você ainda tem a licença.',
  'registration.outcome.external': 'Chave de outro serviço',
  'registration.outcome.external.text':
    'As chaves deste produto vêm de um serviço que não está conectado aqui. Escreva para {email} para obter a sua.',

  'registration.outcome.not_eligible': 'Não pode receber o upgrade',
  'registration.outcome.not_eligible.text': 'A seleção das licenças diz por quê.',

  'registration.details.lead':
    'Preencha uma vez para todas as licenças desta cesta. Mais abaixo, você pode alterar licenças específicas.',
  'registration.details.registered_to': 'Empresa titular',
  'registration.details.registered_to_hint':
    'A empresa que usa as licenças; o nome dela é assinado nos arquivos de licença.',
  'registration.details.address': 'Endereço de instalação',
  'registration.details.address_hint': 'Onde o software é usado.',
  'registration.details.address_search': 'Buscar endereços',
  'registration.details.address_show': 'Mostrar endereços',
  'registration.details.address_none': 'Ainda não decidido',
  'registration.details.address_new': 'Um novo endereço',
  'registration.details.address_no_match':
    'Nenhum endereço contém todas essas palavras. Busque menos palavras ou informe um novo endereço.',
  'registration.details.address_unknown': 'Escolha um dos endereços mostrados',
  'registration.details.contacts': 'Contatos de suporte técnico',
  'registration.details.contacts_hint': 'Recebem o e-mail deste registro e são conhecidos pelo suporte.',
  'registration.contact.legend': 'Contato {n}',
  'registration.contact.name': 'Nome',
  'registration.contact.email': 'Endereço de e-mail',
  'registration.contact.phone': 'Telefone',
  'registration.contact.add': 'Adicionar um contato',
  'registration.contact.required': 'Informe pelo menos um contato',
  'registration.details.product':
    '{product}: {count, plural, one {uma licença} many {# de licenças} other {# licenças}}',
  'registration.hosts.legend': 'Hosts',
  'registration.hosts.hint':
    'O arquivo de licença só funciona nestes hosts. Deixe a quantidade vazia para dar a um host tudo o que sobra.',
  'registration.hosts.type': 'Tipo de ID do host',
  'registration.hosts.id': 'ID do host',
  'registration.hosts.quantity': 'Quantidade implantada',
  'registration.hosts.add': 'Adicionar um host',
  'registration.hosts.too_many': 'Informe no máximo {max} hosts',
  'registration.hosts.find': 'Como encontrar',
  'registration.host.mac': 'Endereço MAC',
  'registration.host.mac.find': 'Windows: getmac /v · Linux: ip link · macOS: networksetup -listallhardwareports',
  'registration.host.mac.wrong': 'Digite 12 algarismos hexadecimais, por exemplo 00:1a:2b:3c:4d:5e',
  'registration.host.hostname': 'Nome do host',
  'registration.host.hostname.find': 'Em qualquer sistema: hostname',
  'registration.host.hostname.wrong': 'Digite um nome de host como build-07 ou build-07.example.com, mas não localhost',
  'registration.host.ip': 'Endereço IP',
  'registration.host.ip.find': 'Windows: ipconfig · Linux: ip address · macOS: ipconfig getifaddr en0',
  'registration.host.ip.wrong': 'Digite um endereço IPv4 ou IPv6 do host, mas não 127.0.0.1',
  'registration.host.uuid': 'UUID do sistema',
  'registration.host.uuid.find':
    'Windows: (Get-CimInstance Win32_ComputerSystemProduct).UUID · Linux: cat /sys/class/dmi/id/product_uuid',
  'registration.host.uuid.wrong':
    'Digite um UUID como 4c4c4544-0042-3510-8054-b7c04f4e3332, não uma sequência de zeros',
  'registration.host.machine_id': 'ID da máquina',
  'registration.host.machine_id.find': 'Linux: cat /etc/machine-id',
  'registration.host.machine_id.wrong': 'Digite os 32 algarismos hexadecimais de /etc/machine-id',
  'registration.host.volume': 'Número de série do volume',
  'registration.host.volume.find': 'Windows: vol C:',
  'registration.host.volume.wrong': 'Digite oito algarismos hexadecimais, por exemplo 1A2B-3C4D',
  'registration.host.dongle': 'Número da chave de hardware',
  'registration.host.dongle.find': 'Está impresso na chave de hardware.',
  'registration.host.dongle.wrong': 'Digite o número impresso na chave de hardware',
  'registration.host.other': 'ID do host ({type})',
  'registration.problem.host_missing': 'Informe pelo menos um host',
  'registration.problem.host_twice': 'O mesmo host aparece duas vezes',
  'registration.problem.host_quantity': 'Os hosts passam do que esta licença cobre ({quantity})',
  'registration.problem.host_invalid': 'Um ID de host não é do tipo escolhido',
  'registration.problem.fields_invalid': 'Falta uma resposta que este produto exige, ou ela não é válida',
  'registration.problem.relation_invalid': 'Escolha uma licença da sua organização à qual ele possa se referir',
  'registration.problem.incomplete': 'Ainda falta alguma coisa; veja as indicações abaixo.',
  'registration.relation.covers': 'cobre {serial}',
  'registration.relation.renews': 'renova {serial}',
  'registration.relation.none': 'nenhuma licença por enquanto',
  'registration.relation.field_covers': 'Licença coberta',
  'registration.relation.field_renews': 'Licença renovada',
  'registration.relation.hint':
    'Número de série de uma licença da sua organização ou desta cesta. Vazio: nenhuma por enquanto.',
  'registration.relation.unknown': 'Sua organização não tem essa licença de {product}',
  'registration.licenses.title': 'Licença por licença',
  'registration.licenses.text': 'O que foi preenchido acima vale para cada uma, a menos que você altere aqui.',
  'registration.licenses.change': 'Alterar',
  'registration.licenses.change_of': 'Alterar para {serial}',
  'registration.license.title': 'Alterações para {serial}',
  'registration.license.lead': '{product}, quantidade {quantity}. O que você digitar aqui vale só para esta licença.',
  'registration.license.save': 'Salvar para esta licença',
  'registration.license.reset': 'Usar o que vale para todas',
  'registration.stale':
    'Esta cesta foi alterada em outra aba ou por um colega. O que você digitou continua aqui: confira e pressione o botão de novo.',

  'registration.verify.lead': 'Confira tudo antes de concluir o registro. “Editar” leva de volta a cada parte.',
  'registration.verify.contacts': 'Contatos de suporte técnico',
  'registration.verify.licenses': 'Licenças',
  'registration.verify.more': '{count, plural, one {e mais uma} many {e mais # de licenças} other {e mais #}}',
  'registration.verify.complete': 'Concluir registro',
  'registration.verify.consequence':
    '{count, plural, one {Uma licença passará} many {# de licenças passarão} other {# licenças passarão}} a pertencer a {organization}. As chaves de licença são criadas na hora.',
  'registration.refusal.empty': 'Não há nenhum número de série nesta cesta.',
  'registration.refusal.refused_serials':
    'Nada foi registrado: alguns números de série não podem mais ser registrados. A lista diz por quê e quem pode ajudar.',
  'registration.refusal.incomplete': 'Nada foi registrado ainda: falta alguma coisa.',
  'registration.refusal.changed':
    'Nada foi registrado ainda: a cesta foi alterada em outra aba ou por um colega. Confira mais uma vez.',
  'registration.refusal.taken':
    'Nada foi registrado: alguém estava alterando as mesmas licenças. Veja a lista e tente de novo.',
  'registration.refusal.pool_empty':
    'Nada foi registrado: o fornecedor não tem mais chaves para um destes produtos. Escreva para {email}; sua cesta fica guardada.',

  'registration.progress.title': 'Registrando suas licenças',
  'registration.progress.lead':
    'As chaves de licença estão sendo criadas. Nada pode ser registrado duas vezes, não importa o que você pressione.',
  'registration.progress.label': 'Chaves de licença criadas',
  'registration.progress.stalled':
    'Está demorando mais do que deveria. Você pode esperar ou iniciar de novo, sem risco.',
  'registration.progress.again': 'Iniciar de novo',

  'registration.confirmation.lead':
    '{count, plural, one {Uma licença está registrada} many {# de licenças estão registradas} other {# licenças estão registradas}} em nome de {company}.',
  'registration.confirmation.registered': 'Registro feito em {when} por {name}.',
  'registration.confirmation.keys': 'Números de série e chaves de licença',
  'registration.confirmation.no_key': 'Não precisa de chave',
  'registration.confirmation.printed': 'Impressa no seu certificado',
  'registration.confirmation.files': 'Todos os arquivos de licença (ZIP)',
  'registration.confirmation.csv': 'Números de série e chaves (CSV)',
  'registration.confirmation.copy_all': 'todos os números de série e chaves',
  'registration.confirmation.another': 'Registrar outra compra',
  'registration.confirmation.software': 'Obter software',
  'registration.confirmation.catalog': 'Gerenciar minhas licenças',
  'registration.email.title': 'Enviar por e-mail para…',
  'registration.email.field': 'Endereços de e-mail',
  'registration.email.hint': 'Até {max}, separados por vírgulas ou espaços.',
  'registration.email.with_keys': 'O e-mail contém as chaves de licença, como sua organização permite.',
  'registration.email.without_keys':
    'Sua organização não permite chaves em e-mails: a mensagem contém os números de série e um link para esta página.',
  'registration.email.send': 'Enviar',
  'registration.email.wrong': '“{address}” não é um endereço de e-mail',
  'registration.email.too_many': 'Digite no máximo {max} endereços',
  'registration.email.slower': 'Muitos e-mails em pouco tempo. Aguarde um pouco e tente de novo',
  'registration.email.sent':
    '{count, plural, one {Um e-mail está} many {# de e-mails estão} other {# e-mails estão}} a caminho.',

  'registration.csv.serial': 'Número de série',
  'registration.csv.product_code': 'Código do produto',
  'registration.csv.product': 'Produto',
  'registration.csv.version': 'Versão',
  'registration.csv.quantity': 'Quantidade',
  'registration.csv.host_type': 'Tipo de ID do host',
  'registration.csv.host_id': 'ID do host',
  'registration.csv.key': 'Chave de licença',
  'registration.csv.file': 'Arquivo de licença',
  'registration.csv.key_id': 'ID da chave',

  'registration.mail.hello': 'Olá, {name}!',
  'registration.mail.purchase.buyer.subject':
    '{count, plural, one {Sua licença está registrada} many {Suas # de licenças estão registradas} other {Suas # licenças estão registradas}}',
  'registration.mail.purchase.buyer.heading':
    '{count, plural, one {Sua licença está registrada} many {Suas # de licenças estão registradas} other {Suas # licenças estão registradas}}',
  'registration.mail.purchase.buyer.text':
    '{count, plural, one {Uma licença agora pertence} many {# de licenças agora pertencem} other {# licenças agora pertencem}} a {organization}, em nome de {company}.',
  'registration.mail.upgrade.buyer.subject':
    '{count, plural, one {Sua licença recebeu o upgrade} many {Suas # de licenças receberam o upgrade} other {Suas # licenças receberam o upgrade}}',
  'registration.mail.upgrade.buyer.heading':
    '{count, plural, one {Sua licença recebeu o upgrade} many {Suas # de licenças receberam o upgrade} other {Suas # licenças receberam o upgrade}}',
  'registration.mail.upgrade.buyer.text':
    '{count, plural, one {Uma licença da nova versão pertence} many {# de licenças da nova versão pertencem} other {# licenças da nova versão pertencem}} a {organization}, em nome de {company}. O portal mostra até quando as chaves antigas funcionam.',
  'registration.mail.upgrade.contact.text':
    '{name} fez o upgrade de {count, plural, one {uma licença} many {# de licenças} other {# licenças}} para {company} e indicou você como contato de suporte técnico. Instale as novas chaves com a nova versão.',
  'registration.mail.upgrade.order.subject':
    '{count, plural, one {Uma licença} many {# de licenças} other {# licenças}} do pedido {order}: upgrade feito',
  'registration.mail.upgrade.order.heading': 'Licenças do seu pedido receberam upgrade',
  'registration.mail.upgrade.order.text':
    '{count, plural, one {Uma licença que você comprou recebeu upgrade} many {# de licenças que você comprou receberam upgrade} other {# licenças que você comprou receberam upgrade}} por {organization}.',
  'registration.mail.contact.subject':
    '{count, plural, one {Uma licença} many {# de licenças} other {# licenças}} de {company}: você é contato técnico',
  'registration.mail.contact.heading': 'Você é contato de suporte técnico',
  'registration.mail.purchase.contact.text':
    '{name} registrou {count, plural, one {uma licença} many {# de licenças} other {# licenças}} para {company} e indicou você como contato de suporte técnico.',
  'registration.mail.purchase.order.subject':
    '{count, plural, one {Uma licença} many {# de licenças} other {# licenças}} do pedido {order}: registro feito',
  'registration.mail.purchase.order.heading': 'Licenças do seu pedido foram registradas',
  'registration.mail.purchase.order.text':
    '{count, plural, one {Uma licença que você comprou foi registrada} many {# de licenças que você comprou foram registradas} other {# licenças que você comprou foram registradas}} por {organization}.',
  'registration.mail.order.closing': 'Se você não esperava por isso, escreva para {email}: vamos verificar na hora.',
  'registration.mail.forward.subject': 'Chaves de licença enviadas por {name}: {company}',
  'registration.mail.forward.heading': '{name} envia chaves de licença para você',
  'registration.mail.forward.heading_no_keys': '{name} envia números de série para você',
  'registration.mail.forward.text':
    '{count, plural, one {Uma licença registrada} many {# de licenças registradas} other {# licenças registradas}} em nome de {company} por {organization}.',
  'registration.mail.keys_in_portal':
    'Por segurança, este e-mail não contém chaves de licença. Você as encontra no portal.',
  'registration.mail.files_in_portal': 'Os arquivos de licença (.slf) estão no portal, prontos para baixar.',
  'registration.mail.more':
    '{count, plural, one {Mais uma licença está} many {Mais # de licenças estão} other {Mais # licenças estão}} no portal.',
  'registration.mail.action': 'Ver números de série e chaves',
} satisfies Record<keyof typeof en, string>
