using System.Text;
using Loa.Kernel;

namespace Loa.Fuzz;

/// <summary>Whatever anybody sends to any route, the answer is never that the server is broken.</summary>
[Collection(nameof(FuzzServer))]
public sealed class RequestTests(FuzzServer server)
{
    [Fact]
    public Task No_address_breaks_the_server() =>
        server.Try(
            async (door, client, real) =>
            {
                if (door.Method != "GET")
                    return;
                foreach (var hostile in Hostile.Encoded)
                {
                    foreach (var parameter in door.Pattern.Parameters)
                        await client.Send(new(HttpMethod.Get, door.Address(n => n == parameter.Name ? hostile : real)));
                    var query = string.Join('&', door.Asked.Select(p => $"{p.Name}={hostile}").Append($"x={hostile}"));
                    await client.Send(new(HttpMethod.Get, $"{door.Address(_ => real)}?{query}"));
                }
            }
        );

    [Fact]
    public Task No_json_breaks_the_server() =>
        server.Try(
            async (door, client, real) =>
            {
                if (door.Method != "POST")
                    return;
                var address = door.Address(_ => real);
                foreach (var body in Hostile.Bodies)
                    await client.Send(Json(address, body));
                if (door.Request is null)
                    return;
                var fields = door.Request.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
                // Passwords take long on purpose.
                var all = Array.Exists(fields, f => f.IsDefined(typeof(SecretAttribute), inherit: false))
                    ? Hostile.Json[..8]
                    : Hostile.Json;
                foreach (var wrong in fields)
                foreach (var hostile in all)
                {
                    var members = fields.Select(f =>
                        $"\"{f.Name}\":{(f == wrong ? hostile : Hostile.Of(f.ParameterType, real))}"
                    );
                    await client.Send(Json(address, "{" + string.Join(',', members) + "}"));
                }
            }
        );

    [Fact]
    public Task No_form_breaks_the_server() =>
        server.Try(
            async (door, client, real) =>
            {
                if (door.Method != "POST")
                    return;
                var address = door.Address(_ => real);
                var fields =
                    door.Request?.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters() ?? [];
                var all = Array.Exists(fields, f => f.IsDefined(typeof(SecretAttribute), inherit: false))
                    ? Hostile.Encoded[..5]
                    : Hostile.Encoded;
                foreach (var hostile in all)
                    await client.Send(
                        Form(address, string.Join('&', fields.Select(f => $"{f.Name}={hostile}").Append("x=%00")))
                    );
                foreach (var (type, body) in Broken)
                    await client.Send(Typed(address, type, body));
            }
        );

    static readonly (string Type, string Body)[] Broken =
    [
        ("multipart/form-data", ""),
        ("multipart/form-data; boundary=", "--\r\n"),
        ("multipart/form-data; boundary=\"" + "x" + "\"", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\n--x--"),
        ("multipart/form-data; boundary=x", "--y\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--y--\r\n"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\u202E\0.csv\"\r\n\r\n\0\r\n--x--\r\n"
        ),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-\r\n--x--\r\n"
        ),
        ("multipart/form-data; boundary=x", "--x\r\n" + new string('h', 20_000) + ": 1\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data; boundary=" + new string('b', 300), "--b"),
        ("application/x-www-form-urlencoded; charset=utf-7", "a=+AAA-"),
        ("application/x-www-form-urlencoded; charset=nonsense", "a=1"),
        ("application/x-www-form-urlencoded", new string('k', 3_000) + "=1"),
        ("application/x-www-form-urlencoded", "&&&==%zz&%"),
        ("application/json; charset=utf-16", "{}"),
        ("application/x-www-form-urlencoded", string.Concat(Enumerable.Range(0, 5_000).Select(n => $"a{n}=&"))),
    ];

    static HttpRequestMessage Json(string address, string body) => Typed(address, "application/json", body);

    static HttpRequestMessage Form(string address, string body) =>
        Typed(address, "application/x-www-form-urlencoded", body);

    static HttpRequestMessage Typed(string address, string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return new(HttpMethod.Post, address) { Content = content };
    }
}
