export const ptBR = `
Este Contrato do Usuário estabelece as condições em que você pode usar este portal de licenças. Leia-o até o fim antes de
aceitá-lo ou recusá-lo. Ao aceitar, você o faz em seu nome e, quando usa o portal no exercício do seu trabalho, em nome da
organização para a qual registra licenças.

## 1. As partes

“O fornecedor” é a empresa que opera este portal e cujo nome aparece no alto de cada página. “Você” é a pessoa que cria a
conta. “Sua organização” é a empresa, o órgão público, a instituição de ensino ou outra entidade que você informa ao criar
a conta ou da qual passa a fazer parte depois. “O portal” é este site com suas interfaces de programação, seus e-mails e
seus downloads.

Ao aceitar, você confirma que tem pelo menos 18 anos, ou a maioridade do lugar onde vive, e que pode agir em nome da sua
organização em assuntos de licenças de software.

## 2. Para que serve o portal

O portal permite registrar o que a sua organização comprou, obter chaves e arquivos de licença, mover licenças para outros
hosts e endereços, compartilhá-las e baixar o software a que elas dão direito. Ele mostra o que o fornecedor sabe sobre as
suas licenças. Ele não vende licenças nem substitui os documentos do seu pedido.

## 3. A sua conta

Você fornece informações verdadeiras e completas ao criar a conta e as mantém atualizadas. Cada conta é de uma só pessoa;
não a compartilhe. Mantenha a sua senha em segredo e escolha uma que não use em nenhum outro lugar. Se você acredita que
outra pessoa usou a sua conta, troque a senha imediatamente, encerre as outras sessões na página da sua conta e avise o
suporte do fornecedor.

O endereço de e-mail é o seu nome de usuário. Ele deve ser seu e precisa ser confirmado antes que você possa ver qualquer
licença. As mensagens que o fornecedor envia a esse endereço sobre licenças, solicitações e segurança são consideradas
recebidas quando podem ser lidas em circunstâncias normais.

## 4. A sua organização e os seus administradores

As licenças pertencem a organizações, nunca a uma pessoa. Quem cria uma organização no portal torna-se o seu primeiro
administrador. Os administradores decidem quem entra, qual é a função de cada membro e com quem as licenças são
compartilhadas. Quando você deixa a organização, o seu acesso termina e as licenças ficam.

O que os membros fazem no portal, fazem pela organização. Ela responde pelo uso do portal por seus membros e por um
parceiro que ela tenha autorizado a agir em seu nome.

## 5. Números de série, chaves e arquivos de licença

Números de série, chaves e arquivos de licença são confidenciais. Use-os apenas para o produto, a quantidade, os hosts e o
prazo para os quais foram emitidos e repasse-os somente a pessoas da sua organização ou a quem ela tenha encarregado de
instalar ou administrar o software. Não os publique, não os venda separadamente da licença, não os altere e não tente
criar os seus próprios.

O uso do software em si é regido pelo contrato de licença de cada produto, e o que foi combinado no seu pedido prevalece.
Registrar uma licença aqui não confere direitos além dos que foram comprados.

## 6. O que não é permitido

Não é permitido tentar números de série, vouchers ou senhas que não lhe foram dados; consultar licenças de outras
organizações; contornar limites, quantidades ou medidas de segurança do portal; perturbar o seu funcionamento, por exemplo
com requisições automáticas além dos limites publicados; nem introduzir arquivos ou textos nocivos, ilícitos ou que violem
direitos de terceiros. Programas podem usar o portal pelas interfaces e chaves de API destinadas a eles.

## 7. Controle de exportação

Software, chaves de licença e dados técnicos podem estar sujeitos a leis de controle de exportação e de sanções, entre
elas as da União Europeia e dos Estados Unidos da América. Você não pode obtê-los, usá-los nem repassá-los onde essas leis
o proíbam e confirma que nem você nem a sua organização constam de uma lista de pessoas com as quais tais operações são
proibidas.

## 8. Dados pessoais

O fornecedor trata o seu nome, os seus dados de contato, o idioma, o fuso horário, os horários e endereços de rede dos
seus acessos e o histórico das suas ações para oferecer o portal, protegê-lo contra abusos e poder provar quem registrou,
moveu ou transferiu uma licença. O histórico de uma licença é mantido enquanto a licença existir e enquanto a lei o
exigir.

Você pode consultar e corrigir os seus dados na página da sua conta, pedir uma cópia e encerrar a conta. Quando uma conta
é encerrada, os dados pessoais nela contidos são removidos ou substituídos por um pseudônimo; os fatos sobre as licenças
permanecem. Mais detalhes, os seus direitos e o contato do encarregado de dados estão no aviso de privacidade do
fornecedor.

## 9. Disponibilidade e mudanças no portal

O fornecedor opera o portal com o cuidado usual no setor, anuncia manutenções quando pode e pode melhorar ou alterar
funções. Ele não promete que o portal esteja disponível a todo momento. As chaves e os arquivos de licença que você baixou
funcionam sem o portal, salvo indicação em contrário do produto; guarde cópias em lugar seguro.

## 10. Suspensão e término

Você pode encerrar a sua conta a qualquer momento. O fornecedor pode suspender uma conta que seja usada em violação deste
contrato ou que ponha outras pessoas em risco e informará o motivo, salvo se a lei o proibir. Ele pode encerrar o contrato
por motivo grave ou com aviso prévio de trinta dias. Os direitos às licenças compradas não são afetados pelo término deste
contrato.

## 11. Responsabilidade

O fornecedor responde sem limite por dolo e culpa grave, por danos à vida, ao corpo ou à saúde e sempre que a lei não
permita limitar a responsabilidade. No mais, a sua responsabilidade pelo portal limita-se aos danos típicos e previsíveis
para um serviço desse tipo. Nada neste contrato limita os direitos que os consumidores têm segundo a lei do país em que
vivem.

## 12. Alterações deste contrato

O fornecedor pode publicar uma nova versão deste contrato. Você será convidado a aceitá-la no próximo acesso e só poderá
continuar se o fizer. Ficam registrados a versão aceita, a hora e o endereço de rede de onde você a aceitou.

## 13. Disposições gerais

Se uma disposição deste contrato for nula, as demais continuam em vigor. Aplica-se a lei do país em que o fornecedor tem a
sua sede, sem as suas regras de conflito de leis e sem a Convenção das Nações Unidas sobre Contratos de Compra e Venda
Internacional de Mercadorias, na medida em que nenhuma lei imperativa disponha de outro modo. Quando este contrato existir
em vários idiomas, vale a versão no idioma em que você o aceitou.

Você chegou ao fim do Contrato do Usuário. Aceite-o para criar a sua conta ou recuse-o; se recusar, nada do que você
informou será guardado.
`.trim()
