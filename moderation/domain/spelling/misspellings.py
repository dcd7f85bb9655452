"""Common misspellings of English and Russian words, known by heart from school books and style guides."""

_ENGLISH = """
absense absence, acceptible acceptable, accidently accidentally, accomodate accommodate, acheive achieve,
acknowlege acknowledge, acquaintence acquaintance, adress address, agressive aggressive, allways always,
amature amateur, anomoly anomaly, apparant apparent, appearence appearance, aquainted acquainted,
arent aren't, arguement argument, assasin assassin, asyncronous asynchronous, atheltic athletic,
atleast at least, attendence attendance, availible available, avaliable available, begining beginning,
beleive believe, belive believe, benifit benefit, buisness business, bussiness business,
calender calendar, catagory category, cemetary cemetery, charactor character, cheif chief, choosen chosen,
colum column, comitted committed, comming coming, commited committed, comparision comparison,
completly completely, concious conscious, consistant consistent, convinient convenient, couldnt couldn't,
curently currently, definate definite, definately definitely, definitly definitely, dependancy dependency,
desicion decision, didnt didn't, diffrent different, dilemna dilemma, discription description,
doesnt doesn't, dont don't, embarass embarrass, enviroment environment, equiptment equipment,
everytime every time, exaggarate exaggerate, excede exceed, excelent excellent, existance existence,
existant existent, experiance experience, explicitely explicitly, extention extension, extremly extremely,
foriegn foreign, freind friend, functionnality functionality, futher further, goverment government,
grammer grammar, greatful grateful, guidence guidance, hasnt hasn't, havent haven't, heigth height,
hense hence, hierachy hierarchy, immediatly immediately, implemention implementation, incase in case,
independance independence, independant independent, indispensible indispensable, infront in front,
inital initial, initalize initialize, inspite in spite, inteligence intelligence, intresting interesting,
irrelevent irrelevant, isnt isn't, knowlege knowledge, layed laid, lenght length, lenghth length,
libary library, lisence license, maintenence maintenance, manuever maneuver, millenium millennium,
mispell misspell, neccessary necessary, necesary necessary, nescessary necessary, noticible noticeable,
occassion occasion, occurance occurrence, occurence occurrence, occuring occurring, ofcourse of course,
oppurtunity opportunity, orignal original, paralell parallel, paramater parameter, parrallel parallel,
payed paid, perfom perform, perfomance performance, permanant permanent, persistant persistent,
posession possession, possibilty possibility, preceeding preceding, prefered preferred,
prefering preferring, presense presence, privelege privilege, priviledge privilege, probaly probably,
proccess process, propery property, publically publicly, recieve receive, recieved received,
recomend recommend, recomended recommended, refering referring, referrence reference, relevent relevant,
religous religious, remeber remember, repetative repetitive, resistence resistance,
responsability responsibility, responsable responsible, restaraunt restaurant, retreive retrieve,
sentance sentence, seperate separate, seperated separated, seperately separately, shedule schedule,
shouldnt shouldn't, similiar similar, simultanously simultaneously, sincerly sincerely, speach speech,
specifed specified, straightfoward straightforward, strenght strength, substract subtract,
substracted subtracted, substracting subtracting, substraction subtraction, succesful successful,
succesfully successfully, successfull successful, successfuly successfully, suppport support,
suprised surprised, syncronous synchronous, tatoo tattoo, teh the, tendancy tendency, thats that's,
therefor therefore, theres there's, theyre they're, threshhold threshold, throught through,
transfered transferred, transfering transferring, tuturial tutorial, unecessary unnecessary,
unfortunatly unfortunately, unneccessary unnecessary, untill until, upto up to, usally usually,
useable usable, usefull useful, usefullness usefulness, vaccum vacuum, vehical vehicle, visious vicious,
wasnt wasn't, werent weren't, whats what's, wheather weather, whereever wherever, whitout without,
wouldnt wouldn't, writen written, writting writing, yeild yield, youre you're
"""
_RUSSIAN = """
аккамулятор аккумулятор, атракцион аттракцион, бюлетень бюллетень, винигрет винегрет, выйграл выиграл,
выйграть выиграть, гостинница гостиница, граммота грамота, девченка девчонка, диллема дилемма,
дистрибьютер дистрибьютор, жжоный жжёный, забронированно забронировано, извените извините,
интелект интеллект, интилигенция интеллигенция, искуственно искусственно, искуственный искусственный,
искуство искусство, калличество количество, колектив коллектив, колекция коллекция,
коментарии комментарии, коментарий комментарий, комисия комиссия, компромис компромисс, корридор коридор,
куръер курьер, лаборотория лаборатория, матерьял материал, милиард миллиард, милион миллион,
мороженное мороженое, наврядли навряд ли, нарошно нарочно, неприменно непременно, ньюанс нюанс,
обезоружеваюший обезоруживающий, обьект объект, обьекта объекта, обьекте объекте, обьектов объектов,
обьектом объектом, обьекту объекту, обьекты объекты, обьем объём, обьявление объявление,
обьяснить объяснить, отсуствие отсутствие, отсуствует отсутствует, офицально официально,
офицальный официальный, ошыбка ошибка, паралельно параллельно, паралельный параллельный,
перспиктива перспектива, пологать полагать, придти прийти, приемущества преимущества,
приемущество преимущество, приимущество преимущество, прийдется придётся, прийдётся придётся,
присудствие присутствие, присутсвует присутствует, програма программа, програмист программист,
програмы программы, професионал профессионал, професиональный профессиональный, професия профессия,
проэкт проект, рассчет расчёт, расчитан рассчитан, расчитать рассчитать, расчитывать рассчитывать,
росписание расписание, росскажу расскажу, серебрянный серебряный, симпотичный симпатичный,
скурпулезно скрупулёзно, собственнось собственность, соотвественно соответственно,
соотвествует соответствует, соотвествующий соответствующий, соответсвенно соответственно,
соответсвует соответствует, соответсвующий соответствующий, соответствено соответственно,
сочитание сочетание, сранение сравнение, тренеровка тренировка, ударние ударение, умышлено умышленно,
учавствовал участвовал, учавствовать участвовать, учавствует участвует, учавствуют участвуют,
участвие участие, чемпиён чемпион, экзэмпляр экземпляр, эксперемент эксперимент, эксплотация эксплуатация,
элимент элемент, эфект эффект, эфективно эффективно, эфективный эффективный, юбелей юбилей, юнность юность
"""


def _pairs(table: str) -> dict[str, str]:
    return dict(pair.strip().split(" ", 1) for pair in table.split(","))


MISSPELLINGS = _pairs(_ENGLISH) | _pairs(_RUSSIAN)
"""Corrections by misspelling, all in lower case."""
