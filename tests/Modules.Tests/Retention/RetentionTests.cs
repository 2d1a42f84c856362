using System.Net;
using System.Net.Http.Json;
using Loa.Contracts.Retention;
using Loa.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Loa.Retention.Data;
using Loa.Retention.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Retention;

public sealed class RetentionTests(RunningServer server)
{
    [Fact]
    public async Task A_rule_is_tried_made_with_a_reason_and_kept_at_once()
    {
        var administrator = await server.SignedIn("tinh.quantri");
        var (old, young) = (await Log(40), await Log(2));

        var tried = WebUtility.HtmlDecode(await administrator.GetStringAsync("/retention/logs?then=delete&after=20"));
        Assert.Contains(Words.Get("retention.effect.delete", 1, 20), tried, StringComparison.Ordinal);
        Assert.True(await Has(old));

        var seen = await Seen(administrator, "logs");
        await Change(administrator, "logs", "delete", 20, seen).Json();
        await RunningServer.Until(async () => !await Has(old), "what is older goes");
        Assert.True(await Has(young));

        // Who saw the rule before is told that somebody was faster.
        await Change(administrator, "logs", "keep", 0, seen).Refused("case.moved");
        var page = WebUtility.HtmlDecode(await administrator.GetStringAsync("/retention/logs"));
        Assert.Contains(Words.Get("retention.then.logs", "20"), page, StringComparison.Ordinal);
        Assert.Contains("Đĩa đầy", page, StringComparison.Ordinal);
        await Change(administrator, "logs", "delete", 30, seen + 1).Json();
    }

    [Fact]
    public async Task What_proves_something_has_no_rule_and_nobody_makes_one_too_short_or_without_the_right()
    {
        var administrator = await server.SignedIn("tinh.quantri");
        var auditor = await server.SignedIn("tinh.kiemtra");
        var author = await server.SignedIn("tinh.bientap");

        foreach (var kind in (string[])["records", "plays", "acts", "sounds"])
            await Change(administrator, kind, "delete", 3_650, 0).Refused("retention.not-here");
        await Change(administrator, "masters", "delete", 90, 0).Refused("retention.not-here");
        await Change(administrator, "signals", "delete", 10, 0).Refused("retention.too-soon");
        await Change(administrator, "nothing", "keep", 0, 0).Json(HttpStatusCode.NotFound);
        Assert.True((await auditor.GetAsync("/retention/records")).IsSuccessStatusCode);
        await Change(auditor, "logs", "keep", 0, 0).Json(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync("/api/retention")).StatusCode);
    }

    [Fact]
    public async Task Every_kind_has_its_texts_and_its_size()
    {
        var kinds = server.Services.GetServices<IKeptKind>().ToList();
        Assert.Equal(kinds.Count, kinds.DistinctBy(k => k.Name).Count());
        foreach (var kind in kinds)
        {
            string?[] keys =
            [
                $"retention.kind.{kind.Name}",
                $"retention.kind.{kind.Name}.what",
                kind.Ages.Any(a => a is OldAge.Thin or OldAge.Delete) ? $"retention.then.{kind.Name}" : null,
            ];
            Assert.All(keys.OfType<string>(), key => Assert.True(Words.Has(key), key));
            Assert.True(kind.Ages.Count > 0 || kind.Usual == RetentionRule.Forever, kind.Name);
            Assert.True(kind.Usual.Days >= kind.LeastDays, kind.Name);
        }
        await server.With<MeasureKinds, bool>(async m =>
        {
            await m.Run(CancellationToken.None);
            return true;
        });
        await server.With<RetentionDb, int>(db =>
            db.Database.ExecuteSqlRawAsync(
                """DELETE FROM "Sizes" WHERE "Kind" = 'acts' AND "Day" < (SELECT MAX("Day") FROM "Sizes")"""
            )
        );
        await server.With<RetentionDb, int>(async db =>
        {
            var today = await db.Sizes.SingleAsync(s => s.Kind == "acts");
            db.Add(
                new SizeOfDay
                {
                    Kind = "acts",
                    Day = today.Day.AddDays(-100),
                    Bytes = today.Bytes - 100_000,
                }
            );
            return await db.SaveChangesAsync();
        });

        var auditor = await server.SignedIn("tinh.kiemtra");
        var told = (await auditor.GetAsync("/api/retention").Json()).GetProperty("kinds").EnumerateArray().ToList();
        Assert.Equal(kinds.Count, told.Count);
        var acts = told.Single(k => k.GetProperty("kind").GetString() == "acts");
        Assert.InRange(acts.GetProperty("size").GetProperty("bytes").GetInt64(), 100_000, 10_000_000_000);
        Assert.True(acts.GetProperty("size").GetProperty("rows").GetInt64() > 1_000);
        Assert.Equal(365_250, acts.GetProperty("perYear").GetDouble(), 1.0);
        var page = WebUtility.HtmlDecode(await auditor.GetStringAsync("/retention"));
        Assert.All(kinds, kind => Assert.Contains(Words.Get("retention.kind." + kind.Name), page));
        Assert.Contains(Words.Get("retention.not-law"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_master_goes_and_the_sound_stays_and_the_text_can_be_read_again()
    {
        var author = await server.SignedIn("phuoclong.bientap");
        var text = Desk.NewText();
        var bulletin = await author.Do(await author.Write(text: text), "voice");
        var made = await server.With<NewsroomDb, Newsroom.Voices.Rendering>(async db =>
            await db.Renderings.AsNoTracking().OrderByDescending(r => r.At).FirstAsync(r => r.Kept)
        );
        var papers = server.Services.GetRequiredService<PaperStore>();
        Assert.True(papers.Has(made.Master));
        var now = server.Clock.GetUtcNow();
        await server.With<NewsroomDb, int>(db =>
            db.Renderings.Where(r => r.Key == made.Key)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.TakenAt, now.AddDays(-91)))
        );

        var masters = Kind("masters");
        Assert.InRange(await masters.Due(OldAge.Thin, now.AddDays(-90), CancellationToken.None), 1, 100);
        Assert.True(await server.Services.GetRequiredService<KeepRules>().Sweep(masters, CancellationToken.None));

        Assert.Equal((false, true), (papers.Has(made.Master), papers.Has(made.Digest)));
        Assert.True((await author.GetAsync($"/bulletins/{bulletin.Id}/audio")).IsSuccessStatusCode);
        await author.Do(await author.Write(text: text), "voice");
        Assert.True(papers.Has(made.Digest));
    }

    [Fact]
    public async Task What_was_signed_long_ago_is_forgotten_and_the_command_is_not()
    {
        var (old, unanswered) = (Command(31), Command(31));
        unanswered.Stage = CommandStage.Sent;
        await server.With<DevicesDb, int>(async db =>
        {
            db.AddRange(old, unanswered, Command(2));
            return await db.SaveChangesAsync();
        });

        await server.Services.GetRequiredService<KeepRules>().Sweep(Kind("commands"), CancellationToken.None);

        var left = await server.With<DevicesDb, SentCommand>(db =>
            db.Commands.AsNoTracking().SingleAsync(c => c.Id == old.Id)
        );
        Assert.Equal((null, CommandStage.Done, "volume"), (left.Jws, left.Stage, left.Name));
        Assert.Equal(
            1,
            await server.With<DevicesDb, int>(db => db.Commands.CountAsync(c => c.By == old.By && c.Jws != null))
        );
    }

    IKeptKind Kind(string name) => server.Services.GetServices<IKeptKind>().Single(k => k.Name == name);

    SentCommand Command(int days)
    {
        var at = server.Clock.Moment().AddDays(-days);
        return new()
        {
            Id = Guid.CreateVersion7(),
            SpeakerId = Guid.CreateVersion7(),
            Name = "volume",
            Args = "{}",
            By = nameof(RetentionTests),
            OfficerId = null,
            PostId = null,
            OrderedAt = at,
            Deadline = at.AddMinutes(5),
            Stage = CommandStage.Done,
            Jws = "signed",
        };
    }

    async Task<Guid> Log(int days)
    {
        var id = Guid.CreateVersion7();
        await server.With<DevicesDb, int>(async db =>
        {
            db.Add(
                new LogPart
                {
                    CommandId = id,
                    Part = 1,
                    SpeakerId = id,
                    Text = "nhật ký",
                    At = server.Clock.Moment().AddDays(-days),
                }
            );
            return await db.SaveChangesAsync();
        });
        return id;
    }

    Task<bool> Has(Guid log) => server.With<DevicesDb, bool>(db => db.Logs.AnyAsync(l => l.CommandId == log));

    static async Task<int> Seen(HttpClient client, string kind)
    {
        var page = await client.GetStringAsync($"/retention/{kind}?then=keep");
        return int.Parse(
            System.Text.RegularExpressions.Regex.Match(page, "name=\"seen\" value=\"(\\d+)\"").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    static Task<HttpResponseMessage> Change(HttpClient client, string kind, string then, int days, int seen) =>
        client.PostAsJsonAsync(
            $"/retention/{kind}",
            new
            {
                then,
                after = days,
                seen,
                comment = "Đĩa đầy.",
            }
        );
}
