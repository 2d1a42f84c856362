namespace Loa.People.SignIn;

[Collection(nameof(Alone))]
public sealed class LockoutTests(RunningServer server)
{
    [Fact]
    public async Task Five_failures_lock_the_account_for_a_while_even_for_the_right_password()
    {
        var officer = await SomeOfficer.New(server);
        using var client = server.Client();
        for (var i = 0; i < 5; i++)
            await client.SignIn(officer.UserName, "không đúng").Refused("sign-in.failed");

        await officer.SignIn(client).Refused("sign-in.failed");
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        await officer.SignIn(client).Json();
    }
}
