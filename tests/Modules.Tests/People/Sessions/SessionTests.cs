using System.Net;
using System.Net.Http.Json;
using Loa.People.Data;
using Loa.People.Security;
using Loa.People.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.People.Sessions;

public sealed class SessionTests(RunningServer server)
{
    [Fact]
    public async Task A_copied_cookie_is_dead_once_its_officer_signed_out()
    {
        var officer = await SomeOfficer.New(server);
        using var answer = await officer.SignIn(officer.Client);
        using var thief = server.Client();
        thief.DefaultRequestHeaders.Add(
            "Cookie",
            answer
                .Headers.GetValues("Set-Cookie")
                .First(c => c.StartsWith("loa-session", StringComparison.Ordinal))
                .Split(';')[0]
        );
        await thief.GetAsync("/api/me").Json();

        await officer.Client.PostAsync("/sign-out", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task An_officer_sees_his_sessions_and_ends_the_one_on_the_phone_he_lost()
    {
        var officer = await SomeOfficer.New(server);
        using var phone = server.Client();
        phone.DefaultRequestHeaders.UserAgent.ParseAdd(
            "Mozilla/5.0 (Linux; Android 14) Chrome/129.0 Mobile Safari/537.36"
        );
        await officer.SignIn(phone).Json();

        var sessions = (await officer.Client.GetAsync("/api/account").Json()).GetProperty("sessions");
        var lost = sessions.EnumerateArray().Single(s => !s.GetProperty("isThis").GetBoolean());
        Assert.Equal("Chrome, Android", lost.GetProperty("device").GetString());
        Assert.Contains("Chrome, Android", await officer.Client.GetStringAsync("/account"), StringComparison.Ordinal);
        await officer.Client.PostAsync($"/account/sessions/{lost.GetProperty("id").GetGuid()}/end", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        await officer.Client.GetAsync("/api/me").Json();
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_but_his_administrator()
    {
        var (one, other) = (await SomeOfficer.New(server), await SomeOfficer.New(server));
        var session = (await one.Client.GetAsync("/api/account").Json())
            .GetProperty("sessions")[0]
            .GetProperty("id")
            .GetGuid();

        await other.Client.PostAsync($"/account/sessions/{session}/end", null).Json(HttpStatusCode.NotFound);
        await other.Client.PostAsync($"/officers/{one.Id}/sessions/{session}/end", null).Json(HttpStatusCode.Forbidden);
        await one.Client.GetAsync("/api/me").Json();
        using var admin = await server.SignedIn("tinh.quantri");
        await admin.PostAsync($"/officers/{one.Id}/sessions/{session}/end", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await one.Client.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_reset_a_lock_and_an_administrators_word_end_every_session()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        foreach (var way in new[] { "invitation", "lock", "sign-out" })
        {
            var officer = await SomeOfficer.New(server);
            await admin.PostAsJsonAsync($"/officers/{officer.Id}/{way}", new { reason = "thử" }).Json();
            Assert.Equal(HttpStatusCode.Unauthorized, (await officer.Client.GetAsync("/api/me")).StatusCode);
        }
    }

    [Fact]
    public async Task The_twenty_first_session_ends_the_oldest()
    {
        var officer = await SomeOfficer.New(server);
        for (var i = 0; i < 20; i++)
            await officer.SignIn(server.Client()).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.Client.GetAsync("/api/me")).StatusCode);
    }
}

/// <summary>Time passes here, so the server is one's own.</summary>
public sealed class SessionTimeTests
{
    [Fact]
    public async Task A_session_ends_after_twelve_hours_of_work_and_after_eight_of_none()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        using var busy = await server.SignedIn("loctan.duyet");
        using var idle = await server.SignedIn("loctan.bientap");
        for (var hour = 1; hour < 12; hour++)
        {
            server.Clock.Advance(TimeSpan.FromHours(1));
            await busy.GetAsync("/api/me").Json();
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.GetAsync("/api/me")).StatusCode);
        server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await busy.GetAsync("/api/me")).StatusCode);

        var keep = server.Services.GetServices<IHostedService>().OfType<KeepSessions>().Single();
        await keep.Run(CancellationToken.None);
        var why = await server.With<PeopleDb, List<string?>>(db => db.Sessions.Select(s => s.Why).ToListAsync());
        Assert.Equal([SessionEnd.Age, SessionEnd.Age], why);
    }

    [Fact]
    public async Task Who_was_seen_is_known_after_a_restart_and_a_year_later_forgotten()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();
        using var officer = await server.SignedIn("loctan.duyet");
        server.Clock.Advance(TimeSpan.FromHours(7));
        await officer.GetAsync("/api/me").Json();

        await server.Restart();
        server.Clock.Advance(TimeSpan.FromHours(3));
        var kept = await server.With<PeopleDb, Session>(db => db.Sessions.SingleAsync());
        Assert.True(kept.LastSeenAt > kept.StartedAt.AddHours(6));

        server.Clock.Advance(TimeSpan.FromDays(367));
        var keep = server.Services.GetServices<IHostedService>().OfType<KeepSessions>().Single();
        await keep.Run(CancellationToken.None);
        server.Clock.Advance(TimeSpan.FromDays(367));
        await keep.Run(CancellationToken.None);
        Assert.Equal(0, await server.With<PeopleDb, int>(db => db.Sessions.CountAsync()));
        Assert.Equal(0, await server.With<PeopleDb, int>(db => db.SignIns.CountAsync()));
    }
}
