using System.Globalization;
using Loa.Cases;
using Loa.Kernel;
using Loa.People.Data;

namespace Loa.People.Units;

/// <summary>Part of the ledger's proof: the acts of the units make a tree today and on every day to come.</summary>
sealed class TreeProof(TimeProvider clock) : ILedgerRule
{
    public Type Db => typeof(PeopleDb);

    public async Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel)
    {
        var history = await UnitHistory.Read((PeopleDb)db, cancel);
        return
        [
            .. history
                .Faults()
                .Where(f => !f.IsOver(clock.Today()))
                .Select(f =>
                    Words.Get(
                        "ledger.unit-fault",
                        history.NameOn(f.From, f.UnitId),
                        f.UnitId,
                        Day(f.From),
                        f.To is { } last ? Day(last) : "…",
                        Words.Get("units.fault." + f.Kind),
                        history.NameOn(f.From, f.Named)
                    )
                ),
        ];
    }

    static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
