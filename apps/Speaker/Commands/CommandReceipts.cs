using System.Text;
using System.Text.Json.Serialization;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Commands;

/// <summary>A command that was begun, as kept over a power cut.</summary>
/// <param name="Digest">Of its compact text.</param>
/// <param name="Answer">What became of it; absent while it is being obeyed.</param>
/// <param name="Told">The server has the answer.</param>
sealed record OrderNote(
    Guid Command,
    string Name,
    string Digest,
    DateTimeOffset At,
    string? Answer = null,
    bool Told = false
)
{
    /// <summary>As the server is told it.</summary>
    [JsonIgnore]
    public ReceiptMessage? Receipt =>
        Answer is not null && ReceiptMessage.TryRead(Encoding.UTF8.GetBytes(Answer), out var receipt) ? receipt : null;
}

/// <summary>What became of each command, kept until the server has it: no answer is lost by a power cut or a restart.</summary>
sealed class CommandReceipts(Journal journal, Wakeup changed, TimeProvider clock)
{
    const string Prefix = "order/";
    const int Most = 64;

    readonly Lock gate = new();

    /// <summary>To be remembered together with the command's nonce.</summary>
    public void Begin(Command command, string compact, WriteBatch changes)
    {
        var note = new OrderNote(command.Id, command.Name, Jws.Digest(compact), clock.GetUtcNow());
        changes.Put(JournalKeys.Order(command.Id), note, OrderJson.Default.OrderNote);
        foreach (var old in All().Where(old => old.Answer is not null).OrderBy(old => old.At).SkipLast(Most - 1))
            changes.Forget(JournalKeys.Order(old.Command));
    }

    /// <summary>The one answer to a command, together with what else changes by it; a second one is not heard.</summary>
    public void Answer(Guid command, Outcome outcome, WriteBatch? more = null)
    {
        var changes = more ?? new WriteBatch();
        lock (gate)
        {
            if (outcome.State is { } state && Find(command) is { Answer: null } note)
            {
                var answer = new ReceiptMessage(command, state, clock.GetUtcNow(), outcome.Reason, outcome.Found);
                var text = Encoding.UTF8.GetString(answer.ToBytes());
                changes.Put(JournalKeys.Order(command), note with { Answer = text }, OrderJson.Default.OrderNote);
            }
            journal.Commit(changes);
        }
        changed.Raise();
    }

    /// <summary>The command that this text is, if it was begun and not forgotten yet.</summary>
    public OrderNote? Known(string compact) =>
        Command.TryRead(compact, out var read, out _)
        && Find(read.Document.Id) is { } note
        && note.Digest == read.Digest
            ? note
            : null;

    /// <summary>Begun and not answered: by a start of the software, those that were interrupted.</summary>
    public IReadOnlyList<OrderNote> Open() => [.. All().Where(note => note.Answer is null)];

    /// <summary>The answers that the server does not have yet.</summary>
    public IReadOnlyList<ReceiptMessage> Waiting() =>
        [
            .. All()
                .Where(note => !note.Told)
                .Select(note => note.Receipt)
                .OfType<ReceiptMessage>()
                .OrderBy(answer => answer.At),
        ];

    public void Told(ReceiptMessage answer)
    {
        lock (gate)
        {
            if (Find(answer.Command) is { } note)
                journal.Commit(
                    new WriteBatch().Put(
                        JournalKeys.Order(note.Command),
                        note with
                        {
                            Told = true,
                        },
                        OrderJson.Default.OrderNote
                    )
                );
        }
    }

    OrderNote? Find(Guid command) => journal.Value(JournalKeys.Order(command), OrderJson.Default.OrderNote);

    IEnumerable<OrderNote> All() =>
        journal.Keys(Prefix).Select(key => journal.Value(key, OrderJson.Default.OrderNote)!);
}
