using Loa.Contracts.Ledger;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>Who holds the database changes it with its triggers away; on either engine the proof finds it.</summary>
public sealed class LedgerTests
{
    const string Middle = """(SELECT "Number" FROM "Heads" ORDER BY "Number" LIMIT 1 OFFSET 5)""";

    [Fact]
    public async Task Sealed_days_and_hours_verify()
    {
        await using var ledger = await SampleLedger.OfThreeDays();
        await ledger.Write();

        var report = await ledger.Verify();

        Assert.Null(report.Fault);
        Assert.Equal((2, 15, 2), (report.Days, report.Heads.Heads, report.Heads.After));
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_a_seal()
    {
        await using var ledger = await SampleLedger.OfThreeDays();

        foreach (
            var statement in (string[])
                [
                    """UPDATE "Heads" SET "Hash" = ''""",
                    """DELETE FROM "Heads" """,
                    """UPDATE "Days" SET "Hash" = ''""",
                    """DELETE FROM "Days" """,
                ]
        )
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
                ledger.With(db => db.Database.ExecuteSqlRawAsync(statement))
            );
    }

    [Theory]
    [InlineData("""UPDATE "Acts" SET "By" = 'Người khác' WHERE "Position" = 7""")]
    [InlineData("""DELETE FROM "Acts" WHERE "Position" = 8""")]
    [InlineData("""DELETE FROM "Days" WHERE "Date" = (SELECT max("Date") FROM "Days")""")]
    [InlineData("""DELETE FROM "Days" """)]
    [InlineData("""UPDATE "Days" SET "Count" = "Count" + 1 WHERE "Date" = (SELECT min("Date") FROM "Days")""")]
    [InlineData("""DELETE FROM "Heads" WHERE "Number" = """ + Middle)]
    [InlineData("""UPDATE "Heads" SET "Jws" = NULL WHERE "Number" = """ + Middle)]
    [InlineData("""UPDATE "Heads" SET "Count" = "Count" - 1 WHERE "Number" = """ + Middle)]
    [InlineData("""UPDATE "Heads" SET "Hash" = lower("Hash") || '0' WHERE "Number" = """ + Middle)]
    [InlineData("""UPDATE "Heads" SET "Jws" = (SELECT "Jws" FROM "Heads" WHERE "Number" = 1) WHERE "Number" = 2""")]
    public async Task Whatever_is_changed_or_removed_is_found(string statement)
    {
        await using var ledger = await SampleLedger.OfThreeDays();

        await ledger.Tamper(statement);

        Assert.NotNull((await ledger.Verify()).Fault);
    }

    [Fact]
    public async Task A_whole_case_removed_with_its_row_and_all_days_sealed_anew_is_found()
    {
        await using var ledger = await SampleLedger.OfThreeDays();

        await RemoveCase(ledger);
        await ledger.With(db => Ledger.Seal(db, Kernel.VietnamTime.DayOf(ledger.Now), default));

        Assert.Contains("1", (await ledger.Verify()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_made_anew_by_who_has_no_key_of_the_server_are_found()
    {
        var key = SigningKey.Create();
        await using var ledger = await SampleLedger.OfThreeDays();
        await ledger.Open(key);
        await RemoveCase(ledger);
        await ledger.Tamper("""DELETE FROM "Heads" """);
        await ledger.Open(SigningKey.Create());
        await ledger.Seal();

        await ledger.Open(key);

        Assert.Contains("chữ ký", (await ledger.Verify()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_the_key_too_and_seals_all_anew_is_convicted_by_one_head_kept_outside()
    {
        var key = SigningKey.Create();
        await using var ledger = await SampleLedger.OfThreeDays();
        await ledger.Open(key);
        await ledger.Tamper("""DELETE FROM "Heads" """);
        await ledger.Seal();
        var mail = "> Kính gửi ông,\n> " + await NewestLine(ledger) + "\n-- \nloa-ledger không phải dòng này\n";
        await ledger.Pass(TimeSpan.FromHours(2));
        Assert.Null((await ledger.Verify(mail)).Fault);

        await RemoveCase(ledger);
        await ledger.Tamper("""DELETE FROM "Heads" """);
        await ledger.Seal();

        Assert.Null((await ledger.Verify()).Fault);
        Assert.Contains("viết lại", (await ledger.Verify(mail)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_cut_off_is_found_by_the_head_kept_outside()
    {
        await using var ledger = await SampleLedger.OfThreeDays();
        await ledger.Pass(TimeSpan.FromHours(1));
        var kept = await NewestLine(ledger);

        await ledger.Tamper(
            $"""DELETE FROM "Cases" WHERE "Id" = '{Id(ledger.Cases[^1])}'""",
            """DELETE FROM "Acts" WHERE "Position" > (SELECT "LastPosition" FROM "Heads" WHERE "Number" = 15)""",
            """DELETE FROM "Heads" WHERE "Number" > 15"""
        );
        await ledger.With(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "Cases" """));
        await ledger.With(db =>
            Microsoft
                .Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Ledger>(
                    ledger.Services
                )
                .Rebuild(db, default)
        );

        Assert.Null((await ledger.Verify()).Fault);
        Assert.Contains("viết lại", (await ledger.Verify(kept)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_stored_by_many_at_once_while_heads_are_sealed_are_all_sealed_once()
    {
        await using var ledger = await SampleLedger.OfThreeDays();

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async n =>
                {
                    for (var i = 0; i < 10; i++)
                        await (n == 0 ? ledger.Seal() : ledger.OpenCase());
                })
        );
        await ledger.Seal();

        var report = await ledger.Verify();
        Assert.Null(report.Fault);
        Assert.Equal(0, report.Heads.After);
    }

    // With all that belongs to it, and the days sealed anew: as if it never was.
    static Task RemoveCase(SampleLedger ledger) =>
        ledger.Tamper(
            $"""DELETE FROM "Acts" WHERE "CaseId" = '{Id(ledger.Cases[3])}'""",
            $"""DELETE FROM "Cases" WHERE "Id" = '{Id(ledger.Cases[3])}'""",
            """DELETE FROM "Days" """
        );

    // As SQLite's provider writes it.
    static string Id(Guid id) =>
        Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES") is null
            ? id.ToString().ToUpperInvariant()
            : id.ToString();

    static async Task<string> NewestLine(SampleLedger ledger)
    {
        var line = "";
        await ledger.With(async db =>
        {
            var head = await db.Heads.AsNoTracking().OrderByDescending(h => h.Number).FirstAsync();
            line = Anchor.Line(
                new LedgerSealed("sample", head.Number, head.At, head.LastPosition, head.Hash, head.Jws)
            );
        });
        return line;
    }
}
