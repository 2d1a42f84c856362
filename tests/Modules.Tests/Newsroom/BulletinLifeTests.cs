using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Audio;
using Loa.Contracts.Newsroom;
using Loa.Newsroom.Data;
using Loa.Papers;
using Loa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom;

public sealed class BulletinLifeTests(RunningServer server)
{
    [Fact]
    public async Task A_bulletin_goes_from_words_to_a_release_and_may_be_taken_back()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var leader = await Leader.SignIn(server, "thienhung.duyet");

        var draft = await author.Write();
        await author.Try(draft, "submit").Refused("case.field-missing");
        var submitted = await author.Do(await author.Do(draft, "voice"), "submit");
        using (var silent = await leader.Client.Try(submitted, "return"))
            Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        var returned = await leader.Client.Do(submitted, "return", "Thêm giờ bắt đầu.");

        var changed = Moved.Of(await Edit(author, returned, Desk.NewText()).Json());
        Assert.Equal(JsonValueKind.Null, (await author.See(draft.Id)).GetProperty("sound").ValueKind);
        await author.Try(changed, "submit").Refused("case.field-missing");
        submitted = await author.Do(await author.Do(changed, "voice"), "submit");

        var approved = Moved.Of(await leader.Approve(submitted.Id, submitted.Acts).Json());
        var released = await Released(approved.Id);
        Assert.NotNull(released);
        Assert.Equal(
            (await author.See(approved.Id)).GetProperty("sound").GetProperty("digest").GetString(),
            released.Digest
        );
        Assert.NotEmpty(released.Delegations);
        Assert.True(await Announced(released.ReleaseDigest));

        using (var silent = await leader.Client.Try(approved, "withdraw"))
            Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        var withdrawn = await leader.Client.Do(approved, "withdraw", "Đổi ngày.");
        Assert.Equal("withdrawn", withdrawn.State);
        Assert.Null(await Released(approved.Id));
        var history = (await author.See(approved.Id)).GetProperty("history").EnumerateArray();
        Assert.Equal(
            ["write", "speak", "submit", "return", "edit", "speak", "submit", "approve", "withdraw"],
            history.Select(a => a.GetProperty("move").GetString())
        );
    }

    [Fact]
    public async Task What_is_heard_is_the_very_file_in_ranges_and_as_loud_as_all_others()
    {
        var author = await server.SignedIn("loctan.bientap");
        var draft = await author.Do(await author.Write(), "voice");
        var sound = (await author.See(draft.Id)).GetProperty("sound");
        var digest = sound.GetProperty("digest").GetString()!;

        var whole = await author.GetAsync($"/bulletins/{draft.Id}/audio");
        Assert.Equal(sound.GetProperty("length").GetInt64(), whole.Content.Headers.ContentLength);
        Assert.Equal($"\"{digest}\"", whole.Headers.ETag?.Tag);
        var part = new HttpRequestMessage(HttpMethod.Get, $"/bulletins/{draft.Id}/audio");
        part.Headers.Range = new RangeHeaderValue(0, 3);
        var head = await author.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, head.StatusCode);
        Assert.Equal("OggS"u8.ToArray(), await head.Content.ReadAsByteArrayAsync());
        var again = new HttpRequestMessage(HttpMethod.Get, $"/bulletins/{draft.Id}/audio");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{digest}\""));
        Assert.Equal(HttpStatusCode.NotModified, (await author.SendAsync(again)).StatusCode);

        var papers = server.Services.GetRequiredService<PaperStore>();
        var measured = await Loudness.Measure(papers.PathOf(digest), CancellationToken.None);
        Assert.InRange(measured.IntegratedLufs, -17, -15);
        Assert.True(papers.Has(sound.GetProperty("master").GetString()!));
    }

    [Fact]
    public async Task A_draft_is_thrown_away_and_brought_back()
    {
        var author = await server.SignedIn("loctan.bientap");
        var draft = await author.Write("Bản nháp bỏ đi");
        var discarded = await author.Do(draft, "discard");
        Assert.Equal("discarded", discarded.State);
        Assert.Equal("draft", (await author.Do(discarded, "restore")).State);
    }

    [Fact]
    public async Task Who_acts_on_what_he_has_not_seen_is_told_what_happened()
    {
        var author = await server.SignedIn("loctan.bientap");
        var draft = await author.Write();
        await author.Do(draft, "voice");

        var late = await author.Try(draft, "discard").Json(HttpStatusCode.Conflict);
        Assert.Equal("case.moved", late.GetProperty("code").GetString());
        Assert.Contains("Tạo giọng đọc", late.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_writes_one_bulletin()
    {
        var author = await server.SignedIn("loctan.bientap");
        var id = Guid.CreateVersion7();
        var body = new
        {
            id,
            title = "Một lần thôi",
            text = "Gửi hai lần.",
        };
        var first = Moved.Of(await author.PostAsJsonAsync("/bulletins", body).Json(HttpStatusCode.Created));
        var second = Moved.Of(await author.PostAsJsonAsync("/bulletins", body).Json(HttpStatusCode.Created));
        Assert.Equal(first, second);

        var other = await server.SignedIn("thienhung.bientap");
        await other.PostAsJsonAsync("/bulletins", body).Refused("bulletin.id-taken");
    }

    [Fact]
    public async Task A_form_sent_again_with_other_words_changes_its_bulletin()
    {
        var author = (await SomeOfficer.New(server)).Client;
        var id = Guid.CreateVersion7();
        Task<HttpResponseMessage> Send(HttpClient by, string text) =>
            by.PostAsJsonAsync(
                "/bulletins",
                new
                {
                    id,
                    title = "Lịch cắt điện",
                    text,
                }
            );
        await Send(author, "Ngày 5 tháng 12.").Json(HttpStatusCode.Created);
        var mended = Moved.Of(await Send(author, "Ngày 6 tháng 12.").Json(HttpStatusCode.Created));
        Assert.Equal(2, mended.Acts);
        Assert.Equal("Ngày 6 tháng 12.", (await author.See(id)).GetProperty("text").GetString());

        var colleague = (await SomeOfficer.New(server)).Client;
        await Edit(colleague, mended, "Ngày 7 tháng 12.").Json();
        await Send(author, "Ngày 8 tháng 12.").Refused("case.moved");
        Assert.Equal("Ngày 7 tháng 12.", (await author.See(id)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Nobody_sees_or_moves_what_is_outside_his_sight()
    {
        var draft = await (await server.SignedIn("loctan.bientap")).Write();
        var stranger = await server.SignedIn("thienhung.bientap");

        await stranger.GetAsync($"/api/bulletins/{draft.Id}").Refused("missing.bulletin", HttpStatusCode.NotFound);
        await stranger.GetAsync($"/bulletins/{draft.Id}/audio").Refused("missing.bulletin", HttpStatusCode.NotFound);
        await stranger.Try(draft, "discard").Refused("missing.bulletin", HttpStatusCode.NotFound);
        var technician = await server.SignedIn("loctan.kythuat");
        await technician.Try(draft, "discard").Refused("forbidden", HttpStatusCode.Forbidden);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await server.Client().GetAsync($"/api/bulletins/{draft.Id}")).StatusCode
        );
    }

    static Task<HttpResponseMessage> Edit(HttpClient author, Moved bulletin, string text) =>
        author.PostAsJsonAsync(
            $"/bulletins/{bulletin.Id}/text",
            new
            {
                title = "Lịch tiêm phòng (sửa)",
                text,
                seen = bulletin.Acts,
            }
        );

    Task<ReleasedBulletin?> Released(Guid id) =>
        server.With<IReleases, ReleasedBulletin?>(releases => releases.Find(id, CancellationToken.None).AsTask());

    Task<bool> Announced(string release) =>
        server.With<NewsroomDb, bool>(db => db.Announcements.AnyAsync(a => a.Body.Contains(release)));
}
