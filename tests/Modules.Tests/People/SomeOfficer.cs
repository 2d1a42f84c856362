using System.Net.Http.Json;

namespace Loa.People;

/// <summary>A new officer of the unit where the demo account in "where" serves, made by the province's administrator, with a password of his own.</summary>
sealed record SomeOfficer(Guid Id, string UserName, string Password, HttpClient Client)
{
    public const string Usual = "câu dài của cán bộ";

    public static async Task<SomeOfficer> New(
        RunningServer server,
        string role = "author",
        string password = Usual,
        string where = "loctan.bientap"
    )
    {
        var (id, userName, invitation) = await Invited(server, role, where);
        var client = server.Client();
        await client.Choose(userName, invitation, password).Json();
        return new(id, userName, password, client);
    }

    public static async Task<(Guid Id, string UserName, string Invitation)> Invited(
        RunningServer server,
        string role = "author",
        string where = "loctan.bientap"
    )
    {
        return await InvitedTo(server, role, await server.UnitOf(where));
    }

    /// <summary>The same, of any unit.</summary>
    public static async Task<SomeOfficer> In(RunningServer server, string role, Guid unit)
    {
        var (id, userName, invitation) = await InvitedTo(server, role, unit);
        var client = server.Client();
        await client.Choose(userName, invitation, Usual).Json();
        return new(id, userName, Usual, client);
    }

    static async Task<(Guid Id, string UserName, string Invitation)> InvitedTo(
        RunningServer server,
        string role,
        Guid unit
    )
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var userName = "thu." + Guid.CreateVersion7().ToString("N")[^12..];
        var invited = await admin
            .PostAsJsonAsync(
                "/officers",
                new
                {
                    officerName = "Cán bộ thử",
                    userName,
                    postUnit = unit,
                    postRole = role,
                }
            )
            .Json();
        return (invited.GetProperty("officerId").GetGuid(), userName, invited.GetProperty("password").GetString()!);
    }

    public Task<HttpResponseMessage> SignIn(HttpClient client) => client.SignIn(UserName, Password);
}

/// <summary>What a browser sends at the door.</summary>
static class DoorSteps
{
    public static Task<HttpResponseMessage> SignIn(this HttpClient client, string userName, string password) =>
        client.PostAsJsonAsync("/sign-in", new { userName, password });

    public static async Task<Guid> OfficerId(this HttpClient client) =>
        (await client.GetAsync("/api/me").Json()).GetProperty("officerId").GetGuid();

    public static Task<HttpResponseMessage> Choose(
        this HttpClient client,
        string userName,
        string invitation,
        string newPassword
    ) =>
        client.PostAsJsonAsync(
            "/sign-in/first",
            new
            {
                userName,
                invitation,
                newPassword,
            }
        );
}
