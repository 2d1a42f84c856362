using System.Text;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

public sealed class OldHashTests(RunningServer server)
{
    [Fact]
    public async Task A_hash_of_the_passphrase_as_it_was_typed_opens_once_more_and_is_made_anew()
    {
        const string Phrase = "Câu của bàn phím cũ ở xã";
        var typed = Phrase.Normalize(NormalizationForm.FormD);
        var officer = await SomeOfficer.New(server);
        await server.With<PeopleDb, int>(async db =>
        {
            var account = await db.Accounts.FirstAsync(a => a.Id == officer.Id);
            account.PasswordHash = new PasswordHasher<Account>().HashPassword(account, typed);
            return await db.SaveChangesAsync();
        });

        await server.Client().SignIn(officer.UserName, Phrase).Refused("sign-in.failed");
        await server.Client().SignIn(officer.UserName, typed).Json();
        await server.Client().SignIn(officer.UserName, Phrase).Json();
    }
}
