using System.Globalization;
using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Overview;

/// <summary>On the desk: who has no key yet that may sign, and what waits for the administrator's signature.</summary>
sealed class TrustDesk(DelegationCases delegations, Orphans orphans) : IDeskPart
{
    const int Most = 8;

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        var sight = desk.Sight;
        desk.Of.Add(DelegationProcedure.Definition.Name);
        if (sight.May(TrustRights.HoldKey))
            await MyKey(desk, sight.OfficerId!.Value, cancel);
        if (!sight.May(TrustRights.ManageTrust))
            return;
        await Requests(desk, sight.Over(TrustRights.ManageTrust), cancel);
        var due = await orphans.Find(null, cancel);
        if (due.Count(d => d.Document.Units.Any(u => sight.May(TrustRights.ManageTrust, u))) is > 0 and var count)
            desk.Waiting.Rows.Add(
                new(Words.Get("home.revocations-due"), "/trust")
                {
                    Note = Words.Get("home.revocations-due.note"),
                    State = count.ToString(CultureInfo.CurrentCulture),
                    Tone = Tone.Act,
                    Verb = Words.Get("trust.desk.revoke"),
                }
            );
    }

    async Task MyKey(Desk desk, Guid officer, CancellationToken cancel)
    {
        var mine = await delegations.Load(
            delegations.Rows.Where(c =>
                c.OpenedBy == officer
                && (c.State == DelegationProcedure.Granted || c.State == DelegationProcedure.Asked)
            ),
            cancel
        );
        var until = mine.Where(d => delegations.StandingOf(d) == DelegationStanding.InForce)
            .Select(d => (DateTimeOffset?)d.Document.Expires)
            .Max();
        if (until is { } to)
            desk.Numbers.Add(
                new(
                    Words.Get("home.key"),
                    Words.Get("home.key.ready"),
                    Words.Get("home.key.until", to.Shown(Precision.Day)),
                    "/keys",
                    Order: 80
                )
            );
        else
        {
            var isAsked = mine.Any(d => delegations.StandingOf(d) == DelegationStanding.Asked);
            desk.Steps.Add(new(Words.Get(isAsked ? "trust.desk.key-asked" : "trust.desk.key"), "/keys", "key", 10));
        }
    }

    async Task Requests(Desk desk, Reach reach, CancellationToken cancel)
    {
        var asked = delegations.Rows.Where(c => c.State == DelegationProcedure.Asked).InSight(reach);
        var oldest = await delegations.Load(asked.OrderBy(c => c.OpenedAt).Take(Most), cancel);
        var count = oldest.Count < Most ? oldest.Count : await asked.CountAsync(cancel);
        DeskRow[] rows =
        [
            .. oldest.Select(d => new DeskRow(Words.Get("trust.desk.request"), "/trust")
            {
                Note = d.Document.Name,
                At = d.AskedAt,
                Verb = Words.Get("trust.desk.answer"),
            }),
        ];
        desk.Waiting.Add(rows, count, Words.Get("home.requests"), "/trust");
        if (count > 0)
            desk.Verbs.Add(new(Words.Get("trust.desk.answer-first"), "/trust", "shield-check", 40));
    }
}
