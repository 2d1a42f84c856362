using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Loa.Jose;

namespace Loa.Server.Demo;

/// <summary>The server as the demo's officers use it: each signs in with his own account and acts over HTTP like any program.</summary>
sealed class Province(Uri address, string password) : IDisposable
{
    static readonly string[] Communes = ["binhphuoc", "phuoclong", "loctan", "thienhung"];
    readonly ConcurrentDictionary<string, Task<HttpClient>> officers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Guid> speakers = new(StringComparer.Ordinal);

    /// <summary>Serials of our own make: three in each demo commune first, then the others.</summary>
    public async Task<IReadOnlyList<string>> SerialsFor(int count, CancellationToken cancel)
    {
        var serials = new List<string>();
        foreach (var commune in Communes)
            serials.AddRange(await SerialsIn(commune, 3, cancel));
        for (var page = 1; serials.Count < count; page++)
            serials.AddRange((await Own("tinh.kythuat", page, cancel)).Where(s => !serials.Contains(s)));
        return serials[..count];
    }

    /// <summary>Serials of our own make in one demo commune.</summary>
    public async Task<IReadOnlyList<string>> SerialsIn(string commune, int count, CancellationToken cancel) =>
        [.. (await Own(commune + ".kythuat", 1, cancel)).Take(count)];

    /// <summary>The ids of speakers that were asked for by their serials.</summary>
    public IReadOnlyList<Guid> SpeakersCalled(IEnumerable<string> serials) => [.. serials.Select(s => speakers[s])];

    /// <summary>The unit of the officer's first post.</summary>
    public async Task<Guid> UnitOf(string account, CancellationToken cancel) =>
        (await Get(account, "/api/me", cancel)).GetProperty("posts")[0].GetProperty("unitId").GetGuid();

    public async Task<IReadOnlyList<Guid>> DemoCommunes(CancellationToken cancel)
    {
        var units = new List<Guid>();
        foreach (var commune in Communes)
            units.Add(await UnitOf(commune + ".bientap", cancel));
        return units;
    }

    public Task Claim(string serial, string code, CancellationToken cancel) =>
        Post("tinh.kythuat", "/speakers/claim", new { code, speaker = speakers[serial] }, cancel);

    /// <summary>The officer makes a key, as his browser would, and the demo root lets him sign.</summary>
    /// <param name="kinds">What it is to sign; what his posts usually sign when left out.</param>
    public async Task<SigningKey> MakeKey(string account, CancellationToken cancel, string[]? kinds = null)
    {
        var key = SigningKey.Create();
        var officer = (await Get(account, "/api/me", cancel)).GetProperty("officerId").GetGuid();
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var proof = Jws.Sign(
            key,
            "loa-key-proof",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    v = 1,
                    officer,
                    at,
                }
            )
        );
        var asked = await Post(
            account,
            "/keys",
            new
            {
                jwk = key.Public.Jwk,
                proof,
                kinds,
            },
            cancel
        );
        await Post(account, $"/keys/{asked.GetProperty("id").GetGuid()}/demo-root", new { }, cancel);
        return key;
    }

    public async Task<JsonElement> Get(string account, string path, CancellationToken cancel)
    {
        using var answer = await (await As(account)).GetAsync(path, cancel);
        return await Read(answer, account, path, cancel);
    }

    public async Task<JsonElement> Post(string account, string path, object body, CancellationToken cancel)
    {
        using var content = new StringContent(
            JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await (await As(account)).PostAsync(path, content, cancel);
        return await Read(answer, account, path, cancel);
    }

    /// <summary>Puts a programme of one bulletin in force: each day from this one on, at this time.</summary>
    public async Task<Guid> Plan(
        string account,
        string name,
        Guid bulletin,
        Guid unit,
        DateOnly first,
        TimeOnly at,
        CancellationToken cancel
    )
    {
        var asked = new
        {
            name,
            items = new[] { bulletin },
            first,
            at,
            units = new[] { unit },
            repeat = "daily",
        };
        var id = (await Post(account, "/programmes", asked, cancel)).GetProperty("id").GetGuid();
        await Post(account, $"/programmes/{id}/begin", new { }, cancel);
        return id;
    }

    public async Task<byte[]> Download(string account, string path, CancellationToken cancel) =>
        await (await As(account)).GetByteArrayAsync(path, cancel);

    public void Dispose()
    {
        foreach (var officer in officers.Values.Where(o => o.IsCompletedSuccessfully))
            officer.GetAwaiter().GetResult().Dispose();
    }

    async Task<IEnumerable<string>> Own(string technician, int page, CancellationToken cancel)
    {
        var listed = (await Get(technician, $"/api/speakers?page={page}", cancel))
            .GetProperty("speakers")
            .EnumerateArray()
            .ToList();
        if (listed.Count == 0)
            throw new InvalidOperationException("The demo province has fewer speakers of our own make.");
        foreach (var speaker in listed)
            speakers[speaker.GetProperty("serial").GetString()!] = speaker.GetProperty("id").GetGuid();
        return listed
            .Where(s => s.GetProperty("vendor").GetString() == "own")
            .Select(s => s.GetProperty("serial").GetString()!)
            .Order(StringComparer.Ordinal);
    }

    Task<HttpClient> As(string account) => officers.GetOrAdd(account, SignIn);

    async Task<HttpClient> SignIn(string account)
    {
        var client = new HttpClient(
            new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }
        )
        {
            BaseAddress = address,
        };
        using var content = new StringContent(
            JsonSerializer.Serialize(new { userName = account, password }),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync("/sign-in", content);
        await Read(answer, account, "/sign-in", CancellationToken.None);
        return client;
    }

    static async Task<JsonElement> Read(
        HttpResponseMessage answer,
        string account,
        string path,
        CancellationToken cancel
    )
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
            throw new ProvinceException(account, path, (int)answer.StatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

/// <summary>The server refused what an officer of the demo asked.</summary>
sealed class ProvinceException(string account, string path, int status, string answer)
    : Exception($"{account} {path}: {status} {answer}")
{
    public int Status { get; } = status;
}
