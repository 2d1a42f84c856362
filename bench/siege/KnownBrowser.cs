using System.Net;

namespace Loa.Bench.Siege;

/// <summary>A leader's own browser, in which he has signed in before.</summary>
sealed class KnownBrowser(Uri server, string account, string password) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>Whether he is in.</summary>
    public async Task<bool> SignIn()
    {
        using var form = new FormUrlEncodedContent([new("userName", account), new("password", password)]);
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        using var me = await http.GetAsync(new Uri("/api/me", UriKind.Relative));
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.OK
            && me.IsSuccessStatusCode;
    }

    public void Dispose() => http.Dispose();
}
